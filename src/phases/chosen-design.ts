import type { Design } from "../reports/designs.ts";
import { designInForce } from "../run/choice.ts";
import type { About } from "./phase.ts";

/** The design in force: the one a person chose, else the recommended one. */
export function chosenDesign({ run, before }: About): Design {
	const { architecture } = before;
	const design = designInForce(run, architecture) ?? architecture.designs[0];
	if (!design) throw new Error("phase 4 ended without a design");
	return design;
}
