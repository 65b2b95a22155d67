// Where an evaluation ran; elsewhere, with the pages that show what was printed.
import type { EvaluationResult } from "../reports/results.ts";
import { cleanLine } from "./clean.ts";

export function ranOn({
	runner,
	elsewhere = [],
}: Pick<EvaluationResult, "runner" | "elsewhere">): string {
	const name = cleanLine(runner);
	if (elsewhere.length === 0) return name;
	const logs = elsewhere.map(({ page }, i) => `[${i + 1}](${page})`).join(", ");
	const network = elsewhere.every(({ offline }) => offline)
		? "the commands had no network"
		: "the commands may have had a network";
	return `${name}, the repository's own runners, whose word this is: ${network} (logs: ${logs})`;
}
