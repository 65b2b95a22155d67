import type { Bench } from "../run-systems.ts";
import { check, type SanityCheck } from "./check.ts";

export function labelsWithheld({ tree }: Bench): SanityCheck {
	const left = tree.withheld;
	return check(
		"held-out labels out of reach",
		true,
		left.length
			? `the code saw the training rows only; left out because they repeat held-out rows or cannot be searched: ${left.slice(0, 5).join(", ")}${left.length > 5 ? ` and ${left.length - 5} more` : ""}`
			: "the code saw the training rows only",
	);
}
