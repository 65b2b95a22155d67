// The evaluation as a check run: its colour is decided by the verdict alone.
import type { EvaluationResult } from "../reports/results.ts";
import type { CheckView } from "./check.ts";
import { plainLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { interval, measure, metricTitle } from "./numbers.ts";
import { numbersInFull, rivalTitle, verdictLine } from "./phases/results.ts";
import { ranOn } from "./ran-on.ts";

const EVALUATION_CHECK = "modelwright / evaluation";

const CONCLUSIONS = {
	PASS: "success",
	FAIL: "failure",
	INCONCLUSIVE: "neutral",
} as const;

/** It says what the phase says on the issue. */
export const evaluationCheck = (result: EvaluationResult): CheckView => ({
	name: EVALUATION_CHECK,
	// What nobody here has checked is green nowhere.
	conclusion:
		result.trust && result.verdict === "PASS"
			? "neutral"
			: CONCLUSIONS[result.verdict],
	title: title(result),
	summary: [
		verdictLine(result),
		...(result.elsewhere ? [`Ran on ${ranOn(result)}.`] : []),
		numbersInFull(result),
	].join("\n\n"),
	annotations: [],
});

/** On a head that came later: what was judged may not be what stands there. */
export function outdatedEvaluation(
	check: CheckView,
	evaluated: string,
	changed: readonly string[] | undefined,
): CheckView {
	const sha = evaluated.slice(0, 7);
	const since = changed
		? `Changed since: ${changed.slice(0, MOST_PATHS).map(codeSpan).join(", ")}${changed.length > MOST_PATHS ? ` and ${changed.length - MOST_PATHS} more` : ""}.`
		: "This head does not come of the evaluated commit alone.";
	return {
		...check,
		conclusion: "neutral",
		title: `evaluated at ${sha}, not at this head`,
		summary: `**This verdict is of ${codeSpan(sha)}.** ${since}\n\n${check.summary}`,
	};
}

const MOST_PATHS = 20;

function title({ metric, value, ...result }: EvaluationResult) {
	const verdict = `${result.verdict}${result.trust ? " as reported" : ""}`;
	if (value === undefined) return `${verdict}: ${plainLine(result.reason)}`;
	const range = result.interval ? ` ${interval(result.interval)}` : "";
	const against =
		result.baseline === undefined
			? ""
			: ` vs ${rivalTitle(result.against)} ${measure(result.baseline)}`;
	return `${verdict} · ${metricTitle(metric)} ${measure(value)}${range}${against}`;
}
