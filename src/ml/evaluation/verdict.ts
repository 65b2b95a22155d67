// The pre-registered rule, and nothing else, decides.
import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import type { Comparison } from "./bootstrap.ts";
import { improvement, METRIC } from "./metrics.ts";

export interface Verdict {
	readonly verdict: "PASS" | "FAIL";
	readonly reason: string;
}

/**
 * PASS when the improvement over the baseline is at least the agreed one, its
 * interval lies above zero, and the model's own interval reaches the threshold
 * where there is one; FAIL otherwise.
 */
export function judge(
	{ primary, alpha, test }: EvaluationContract,
	comparison: Comparison,
): Verdict {
	const {
		difference,
		differenceInterval: [low],
		pValue,
	} = comparison;
	const title = METRIC[primary.metric].title;
	const level = `${Number((100 * (1 - alpha)).toFixed(1))} %`;
	const wanted = `at least ${primary.minimum_delta} was agreed on`;
	const rival = primary.against
		? `the ${primary.against} baseline`
		: "the baseline";
	const by = `${title} ${difference < 0 ? `is worse than ${rival}'s` : `improves on ${rival}`} by ${Math.abs(difference).toFixed(3)}`;
	const enough = difference >= primary.minimum_delta;
	// McNemar gives no interval: both it and the bootstrap's have to agree.
	const certain = low > 0 && (test !== "McNemar" || pValue < alpha);
	const short = shortOfThreshold(primary, comparison);
	if (enough && certain && short) return { verdict: "FAIL", reason: short };
	if (enough && certain)
		return {
			verdict: "PASS",
			reason: `${by} (${wanted}), and the ${level} interval of the difference lies above zero`,
		};
	return {
		verdict: "FAIL",
		reason: enough
			? `${by} (${wanted}), but ${low > 0 ? `McNemar's p is ${pValue.toPrecision(2)}` : `the ${level} interval of the difference reaches down to ${low.toFixed(3)}`}`
			: `${by}; ${wanted}`,
	};
}

/** A threshold is reached when no value of the interval falls short of it. */
function shortOfThreshold(
	{ metric, threshold }: EvaluationContract["primary"],
	{ value, interval: [low, high] }: Comparison,
): string | undefined {
	if (threshold === undefined) return undefined;
	const { title, higherIsBetter } = METRIC[metric];
	const worst = higherIsBetter ? low : high;
	return improvement(metric, worst, threshold) >= 0
		? undefined
		: `${title} is ${value.toFixed(3)}, and its interval reaches ${higherIsBetter ? "down" : "up"} to ${worst.toFixed(3)}; surely ${threshold} was agreed on`;
}
