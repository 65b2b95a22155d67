// The two lines the specification wants at the start of every phase.
import { PHASE_COUNT, phaseName } from "../reports/workflow.ts";

export const phaseTitle = (phase: number): string =>
	`Phase ${phase} of ${PHASE_COUNT}: ${phaseName(phase)}`;

export function announcement(phase: number): string {
	const next =
		phase < PHASE_COUNT
			? `Phase ${phase + 1} - ${phaseName(phase + 1)}`
			: "Done!";
	return `**${phaseTitle(phase)}**\nNext: ${next}`;
}
