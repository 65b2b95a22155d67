// What each command does, one entry a verb. A refusal changes nothing and says why.
import { APPROACHES, type Approach } from "../reports/workflow.ts";
import type { CommandGiven } from "./advance.ts";
import { answerQuestions } from "./answer-questions.ts";
import { approve } from "./approve.ts";
import { VERBS, type Verb } from "./commands.ts";
import { decide } from "./decisions.ts";
import { dismiss } from "./dismiss.ts";
import { NO_DRIFT } from "./drift.ts";
import type { Decision } from "./gate.ts";
import {
	end,
	FIRST_APPROVED_PHASE,
	goOn,
	redoFrom,
	resume,
	startPhase,
	tryAgain,
} from "./moves.ts";
import type { Order, Step } from "./order.ts";
import { bringToToday } from "./outdated.ts";
import { accessOf, mayCommand, neededRole } from "./permissions.ts";
import { Refusal, refuse } from "./refusal.ts";
import { revise } from "./revise.ts";
import { ruleOnRisk } from "./rule-on-risk.ts";
import { isLive, type Run } from "./run.ts";
import { setBudget } from "./set-budget.ts";

/** A string answers without changing the run. */
type Answer = (run: Run, given: CommandGiven) => Answered | string;

/** A step may bring words along, also where it is not what was asked for. */
export interface Answered extends Step {
	readonly reply?: string;
	readonly refused?: boolean;
}

export function answerCommand(run: Run, given: CommandGiven): Step {
	const { verb } = given.command;
	try {
		if (!mayCommand(given.role, verb))
			refuse(
				`\`${given.by}\` has ${accessOf(given.role)}; /${verb} needs ${neededRole(verb)}.`,
			);
		const outcome = ANSWERS[verb](run, given);
		if (typeof outcome === "string")
			return { run, orders: acknowledge(given, "rocket", outcome) };
		const { reply, refused } = outcome;
		const reaction = refused ? "confused" : "rocket";
		return {
			run: outcome.run,
			orders: [...acknowledge(given, reaction, reply), ...outcome.orders],
		};
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return { run, orders: acknowledge(given, "confused", error.message) };
	}
}

const ANSWERS: Record<Verb, Answer> = {
	approve,

	revise(run, given) {
		return revise(run, given, words(given, "what to change"));
	},

	choose(run, given) {
		const choice = given.command.args.toLowerCase();
		if (!APPROACHES.includes(choice as Approach))
			refuse(`Choose one of ${APPROACHES.map((a) => `\`${a}\``).join(", ")}.`);
		mustBeBeforeApproval(run, "choose another approach");
		if (!run.done.some((done) => done.phase === 4))
			refuse("There is nothing to choose yet; the approaches come in phase 4.");
		const chosen = { ...decide(run, given), choice: choice as Approach };
		return redoFrom(chosen, 5);
	},

	answer: (run, given) =>
		answerQuestions(run, given, words(given, "your answer")),

	risk: ruleOnRisk,

	fix(run, given) {
		const gate = run.gate;
		if (run.state !== "waiting" || gate?.name !== "findings")
			return refuse("No findings wait for a decision now.");
		const chosen = chosenFindings(given.command.args, gate.choices ?? []);
		const decided = decide(run, given);
		if (chosen.length === 0) return goOn(decided, given.at);
		const decision = {
			...(decided.decisions.at(-1) as Decision),
			command: `/fix ${chosen.join(",")}`,
		};
		return startPhase(decided, run.phase, decision);
	},

	dismiss,

	retry,

	budget: setBudget,

	pause(run, given) {
		if (!isLive(run)) refuse("This run has ended.");
		const { pausedBy: _, ...paused } = decide(run, given);
		return {
			run: { ...paused, state: "paused" },
			orders: [{ do: "show-status" }],
		};
	},

	resume(run, given) {
		if (run.state !== "paused") refuse("This run is not paused.");
		return resume(decide(run, given), given.at);
	},

	cancel(run, given) {
		if (!isLive(run)) refuse("This run has ended already.");
		return end(decide(run, given), "cancelled", given.at);
	},

	status: (run, { from }) => ({
		run,
		orders:
			"commentId" in from
				? [{ do: "tell-standing", commentId: from.commentId }]
				: [],
	}),

	help() {
		return Object.values(VERBS)
			.map(([usage, effect]) => `- \`${usage}\`: ${effect}`)
			.join("\n");
	},
};

function retry(run: Run, given: CommandGiven): Step {
	if (!isLive(run)) refuse("This run has ended.");
	if (run.state === "paused") refuse("This run is paused. `/resume` it first.");
	const { args } = given.command;
	if (args === "") {
		if (run.gate?.name !== "trouble")
			refuse(
				"Nothing has failed, so there is nothing to retry. `/retry <phase>` runs an earlier phase again.",
			);
		return tryAgain(onToday(decide(run, given), run.phase, given));
	}
	const phase = /^\d{1,2}$/.test(args) ? Number(args) : 0;
	if (phase < 1 || phase > run.phase)
		refuse(`Name a phase from 1 to ${run.phase}: \`/retry <phase>\`.`);
	return redoFrom(onToday(decide(run, given), phase, given), phase);
}

/**
 * What is designed anew is designed for the issue and configuration of today:
 * somebody may have mended them for that. The commit changes with phase 1 alone;
 * later phases stay on the ground of those before them.
 */
function onToday(run: Run, phase: number, { facts, at }: CommandGiven) {
	if (phase >= FIRST_APPROVED_PHASE || !facts.now) return run;
	const base = { sha: run.base.sha, drift: NO_DRIFT };
	const now = phase === 1 ? facts.now : { ...facts.now, base };
	return bringToToday(run, now, at).run;
}

function mustBeBeforeApproval(run: Run, what: string) {
	if (!isLive(run)) refuse("This run has ended.");
	if (run.state === "paused")
		refuse(`This run is paused. \`/resume\` it first, then ${what}.`);
	if (run.approval)
		refuse(
			`The design is approved and being built; it is too late to ${what}.`,
		);
}

const words = (given: CommandGiven, what: string): string =>
	[given.command.args, given.command.note].filter(Boolean).join("\n\n") ||
	refuse(`Say ${what}: \`${VERBS[given.command.verb][0]}\`.`);

function chosenFindings(args: string, choices: readonly string[]): string[] {
	const asked = args.toUpperCase();
	if (asked === "ALL") return [...choices];
	if (asked === "NONE") return [];
	const ids = asked.split(/[\s,]+/).filter(Boolean);
	const unknown = ids.filter((id) => !choices.includes(id));
	if (ids.length === 0 || unknown.length > 0)
		refuse(
			`Say \`/fix all\`, \`/fix none\` or name findings out of ${choices.join(", ")}.`,
		);
	return ids;
}

function acknowledge(
	given: CommandGiven,
	reaction: "rocket" | "confused",
	reply?: string,
): Order[] {
	const { from, by } = given;
	const words = reply ? { reply } : {};
	if ("commentId" in from)
		return [{ do: "answer", commentId: from.commentId, reaction, ...words }];
	// A press that is taken shows in what it does.
	return reply ? [{ do: "answer-press", key: from.press, by, reply }] : [];
}
