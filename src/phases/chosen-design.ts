import type { Design } from "../reports/designs.ts";
import type { About } from "./phase.ts";

/** The design in force: the one a person chose, else the recommended one. */
export function chosenDesign({ run, before }: About): Design {
	const { designs, recommended } = before.architecture;
	const approach = run.choice ?? recommended;
	const design =
		designs.find((candidate) => candidate.approach === approach) ?? designs[0];
	if (!design) throw new Error("phase 4 ended without a design");
	return design;
}
