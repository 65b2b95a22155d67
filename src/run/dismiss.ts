// What /dismiss does: a finding stands as it is, by whose word and why, and is
// not shown again while the code it is about stays the same.
import type { CommandGiven } from "./advance.ts";
import { VERBS } from "./commands.ts";
import { decide } from "./decisions.ts";
import { goOn } from "./moves.ts";
import { openFindings } from "./open-findings.ts";
import type { Step } from "./order.ts";
import { refuse } from "./refusal.ts";
import type { Dismissal, NamedFinding, Run } from "./run.ts";

const USAGE = `\`${VERBS.dismiss[0]}\``;

export function dismiss(run: Run, given: CommandGiven): Step {
	if (["closed", "cancelled", "failed"].includes(run.state))
		refuse("This run has ended.");
	if (run.state === "paused")
		refuse("This run is paused. `/resume` it first, then dismiss.");
	const open = openFindings(run);
	if (open.length === 0)
		refuse("There is no open finding; they come in phase 10.");
	const { ids, reason } = argumentsOf(given);
	const unknown = ids.filter((id) => open.every((one) => one.id !== id));
	if (ids.length === 0 || unknown.length > 0)
		refuse(
			`Name open findings out of ${open.map(({ id }) => id).join(", ")}: ${USAGE}.`,
		);
	if (!reason) refuse(`Say why: ${USAGE}.`);
	const { by, at } = given;
	const chosen = open.filter(({ id }) => ids.includes(id));
	const dismissals = chosen.map(
		({ id, fingerprint }): Dismissal => ({
			...{ finding: id, fingerprint, by, at, reason },
		}),
	);
	const dismissed: Run = {
		...decide(run, given),
		dismissals: [...(run.dismissals ?? []), ...dismissals],
	};
	return showing(chosen, askForTheRest(dismissed, at));
}

/** `F2 reason` or `F1,F3 reason`; the reason may go on below. */
function argumentsOf({ command }: CommandGiven) {
	const [, ids = "", rest = ""] =
		/^(F\d+(?:\s*,\s*F\d+)*)(?![\w])(.*)$/is.exec(command.args) ?? [];
	const reason = [rest.trim(), command.note].filter(Boolean).join(" ");
	return {
		ids: ids
			.toUpperCase()
			.split(/\s*,\s*/)
			.filter(Boolean),
		reason,
	};
}

/** The open gate asks about what is still open; with nothing left, the run goes on. */
export function askForTheRest(run: Run, at: string): Step {
	const { gate } = run;
	const waits = run.state === "waiting" || run.state === "paused";
	if (!waits || gate?.name !== "findings") return { run, orders: [] };
	const asked = gate.choices ?? [];
	// Without a register there is nothing that people could have settled.
	const choices = run.findings ? openFindings(run).map(({ id }) => id) : asked;
	if (choices.join() === asked.join()) return { run, orders: [] };
	// A paused run goes on when it is resumed.
	return choices.length > 0 || run.state === "paused"
		? { run: { ...run, gate: { ...gate, choices } }, orders: [] }
		: goOn(run, at);
}

/** What is shown of the findings follows, before what comes next is said. */
export function showing(
	findings: readonly NamedFinding[],
	{ run, orders }: Step,
): Step {
	const pulls = [...new Set(findings.map(({ pull }) => pull))];
	return { run, orders: [{ do: "show-findings", pulls }, ...orders] };
}
