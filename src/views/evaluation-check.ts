// The evaluation as a check run: its colour is decided by the verdict alone.
import type { EvaluationResult } from "../reports/results.ts";
import type { CheckView } from "./check.ts";
import { plainLine } from "./clean.ts";
import { interval, measure, metricTitle } from "./numbers.ts";

const EVALUATION_CHECK = "modelwright / evaluation";

const CONCLUSIONS = {
	PASS: "success",
	FAIL: "failure",
	INCONCLUSIVE: "neutral",
} as const;

/** `markdown` is the result as the phase shows it on the issue. */
export const evaluationCheck = (
	result: EvaluationResult,
	markdown: string,
): CheckView => ({
	name: EVALUATION_CHECK,
	conclusion: CONCLUSIONS[result.verdict],
	title: title(result),
	summary: markdown,
	annotations: [],
});

function title({ verdict, metric, value, ...result }: EvaluationResult) {
	if (value === undefined) return `${verdict}: ${plainLine(result.reason)}`;
	const range = result.interval ? ` ${interval(result.interval)}` : "";
	const against =
		result.baseline === undefined
			? ""
			: ` vs baseline ${measure(result.baseline)}`;
	return `${verdict} · ${metricTitle(metric)} ${measure(value)}${range}${against}`;
}
