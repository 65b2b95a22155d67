// What /revise does: it redoes the phases a remark touches, and says which and why.
import { phaseName } from "../reports/workflow.ts";
import type { CommandGiven } from "./advance.ts";
import { decide, withNote } from "./decisions.ts";
import type { Decision } from "./gate.ts";
import { redoFrom, startPhase } from "./moves.ts";
import type { Step } from "./order.ts";
import { refuse } from "./refusal.ts";
import { isLive, type Run } from "./run.ts";
import { touchedPhase } from "./touched-phase.ts";

export interface Revision extends Step {
	/** Which phases are redone and why, for the person who asked. */
	readonly reply: string;
}

export function revise(run: Run, given: CommandGiven, text: string): Revision {
	if (!isLive(run)) refuse("This run has ended.");
	if (run.state === "paused")
		refuse("This run is paused. `/resume` it first, then revise.");
	const revised = withNote(decide(run, given), given, text);
	const gate = run.state === "waiting" ? run.gate?.name : undefined;
	if (gate === "findings") return fixAsAsked(revised);
	if (gate === "trouble" && run.approval)
		return {
			...startPhase(revised, run.phase),
			reply: `Phase ${run.phase} runs again with your remark.`,
		};
	if (run.approval && gate !== "verdict")
		return refuse(
			"The design is approved and being built; it is too late to revise it. At the next gate, or with `/retry 4`, it can be made anew.",
		);
	return redoTouched(revised, text);
}

function redoTouched(run: Run, text: string): Revision {
	const { phase, why } = touchedPhase(run, text);
	const last = Math.min(Math.max(run.phase, phase), 6);
	const phases =
		phase === last
			? `Phase ${phase} (${phaseName(phase)}) is redone`
			: `Phases ${phase} to ${last} are redone`;
	const back = run.approval
		? " The approval is withdrawn; the new design asks for its own."
		: "";
	return {
		...redoFrom(run, phase),
		reply: `${phases}: ${why}.${back} \`/revise <phase> …\` names another one.`,
	};
}

/** While findings wait, a remark is one more thing for the writer to mend. */
function fixAsAsked(run: Run): Revision {
	return {
		...startPhase(run, run.phase, run.decisions.at(-1) as Decision),
		reply:
			"The writer takes up your remark; the findings are asked about again after that.",
	};
}
