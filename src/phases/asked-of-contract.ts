import { METRICS, OFFERED, RIVALS, TESTS } from "../reports/evaluation-plan.ts";
import type { Run } from "../run/run.ts";

const RARE =
	/\b(mcnemar|diebold|embargo|naive|season\w*|linear baseline|dummy|threshold|own script|operator|no existing model|balanced[ _]accuracy|matthews|mcc|smape|mase|pinball|quantile)\b/i;
/** Many issues say it; who comments on the plan means the contract. */
const COMMON = /\b(precision|recall|leav\w+[ _]out)\b/i;

/**
 * What a contract takes beyond the schema its author is shown, told only where
 * people speak of it: in every request, it would cost everybody.
 */
export function askedOfContract({ issue, notes }: Run): string {
	const remarks = notes.map(({ text }) => text).join("\n");
	const isAsked =
		RARE.test(`${issue.title}\n${issue.body}\n${remarks}`) ||
		COMMON.test(remarks);
	if (!isAsked) return "";
	const more = METRICS.filter((name) => !OFFERED.includes(name as "r2"));
	return `
Where it is asked for, the contract also takes "test" (${TESTS.join(", ")}), in "split" with kind time an "embargo" (a number of times), "leave_out" (columns that nobody learns from), and the metrics ${more.join(", ")}. "primary" also takes "against" (${RIVALS.join(", ")}: what it is compared with; all but the first are computed by code, for where there is no existing model) and "threshold" (a value its interval has to reach); with pinball a "quantile"; a forecast "season" (after how many times it comes again) and "series" (the column that tells series apart). "labels": operator says that the labels of the held-out rows are in the operator's keeping; "reported" ({script, metric, higher_is_better}) takes the word of the repository's own script where predictions cannot be judged. McNemar goes with the metric accuracy and a random or stratified split, Diebold-Mariano with a mean loss and a split by time.`;
}
