// What /budget does: it sets a limit, and lets a run go on that waited for it.
import type { CommandGiven } from "./advance.ts";
import type { Answered } from "./answers.ts";
import { MOST_USD, readBudget } from "./budget.ts";
import { decide } from "./decisions.ts";
import { tryAgain } from "./moves.ts";
import { refuse } from "./refusal.ts";
import { isLive, type Run } from "./run.ts";

export function setBudget(run: Run, given: CommandGiven): Answered {
	const wanted =
		readBudget(given.command.args) ??
		refuse(
			`Give the budget in US dollars, at most ${MOST_USD}, e.g. \`/budget 40\`; \`/budget phase 10\` and \`/budget agent 2\` limit each phase and each agent.`,
		);
	if (!isLive(run) && run.state !== "delivered") refuse("This run has ended.");
	const { limit, usd } = wanted;
	const decided = decide(run, given);
	const funded: Run =
		limit === "run"
			? { ...decided, budgetUsd: usd }
			: { ...decided, shares: { ...run.shares, [limit]: usd } };
	const held = run.state === "waiting" && heldBack(run);
	if (!held) return { run: funded, orders: [{ do: "show-status" }] };
	if (held === limit) return tryAgain(funded);
	return {
		run: funded,
		orders: [{ do: "show-status" }],
		reply: `That holds from now on, but another limit keeps this run waiting: \`${run.gate?.command}\` lets it go on.`,
	};
}

/** The limit that a run at the gate of trouble asks to have raised. */
function heldBack({ gate }: Run) {
	if (gate?.name !== "trouble" || !gate.command.startsWith("/budget"))
		return undefined;
	return readBudget(gate.command.replace("/budget", "").trim())?.limit;
}
