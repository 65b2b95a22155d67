// The pre-registered rule, and nothing else, decides.
import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import type { Comparison } from "./bootstrap.ts";
import { METRIC } from "./metrics.ts";

export interface Verdict {
	readonly verdict: "PASS" | "FAIL";
	readonly reason: string;
}

/**
 * PASS when the improvement over the baseline is at least the agreed one and
 * its interval lies above zero; FAIL otherwise.
 */
export function judge(
	{ primary, alpha, test }: EvaluationContract,
	{ difference, differenceInterval: [low], pValue }: Comparison,
): Verdict {
	const title = METRIC[primary.metric].title;
	const level = `${Number((100 * (1 - alpha)).toFixed(1))} %`;
	const wanted = `at least ${primary.minimum_delta} was agreed on`;
	const by = `${title} ${difference < 0 ? "is worse than the baseline's" : "improves on the baseline"} by ${Math.abs(difference).toFixed(3)}`;
	const enough = difference >= primary.minimum_delta;
	// McNemar gives no interval: both it and the bootstrap's have to agree.
	const certain = low > 0 && (test !== "McNemar" || pValue < alpha);
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
