// The decision log: who answered which gate, how, when, at which digest.
import type { CommandGiven } from "./advance.ts";
import { writeCommand } from "./commands.ts";
import type { Decision } from "./gate.ts";
import type { Run } from "./run.ts";

/** The run with one more entry in its log. */
export function decide(run: Run, given: CommandGiven): Run {
	const { gate } = run;
	const decision: Decision = {
		gate: gate?.name ?? "none",
		phase: run.phase,
		by: given.by,
		at: given.at,
		command: writeCommand(given.command),
		...(gate?.digest ? { digest: gate.digest } : {}),
	};
	return { ...run, decisions: [...run.decisions, decision] };
}

/** The run with a remark that later agents get to read. */
export const withNote = (
	run: Run,
	{ by }: CommandGiven,
	text: string,
): Run => ({
	...run,
	notes: [...run.notes, { phase: run.phase, by, text }],
});
