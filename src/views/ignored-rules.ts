// What rules found and the repository has decided to live with.
import type { ReviewReport } from "../reports/findings.ts";
import { cleanLine } from "./clean.ts";
import { codeSpan } from "./code.ts";

/** Empty when there is nothing of the kind. */
export function ignoredRules({ ignored = [] }: ReviewReport): string {
	if (ignored.length === 0) return "";
	const lines = ignored.map(
		({ rule, title, path, line, reason, by }) =>
			`- ${cleanLine(rule)}: ${cleanLine(title)} (${codeSpan(`${path}:${line}`)}); ${by === "comment" ? "a comment there" : "the configuration"} says: ${cleanLine(reason)}`,
	);
	return `Found by rules and ignored with a reason:\n\n${lines.join("\n")}`;
}
