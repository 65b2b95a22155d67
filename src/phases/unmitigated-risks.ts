import { chosenDesign } from "./chosen-design.ts";
import type { About } from "./phase.ts";

/** Ids of the critical risks that the design in force does not say it mitigates. */
export function unmitigatedRisks(
	about: Pick<About, "run" | "before">,
): string[] {
	const mitigated = new Set(chosenDesign(about).risks_addressed);
	return about.before.risks.risks
		.filter(({ id, severity }) => severity === "critical" && !mitigated.has(id))
		.map(({ id }) => id);
}
