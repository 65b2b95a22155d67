import { METRICS, OFFERED, TESTS } from "../reports/evaluation-plan.ts";
import type { Run } from "../run/run.ts";

const RARE =
	/\b(mcnemar|diebold|embargo|balanced[ _]accuracy|matthews|mcc|smape)\b/i;
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
Where it is asked for, the contract also takes "test" (${TESTS.join(", ")}), in "split" with kind time an "embargo" (a number of times), "leave_out" (columns that nobody learns from), and the metrics ${more.join(", ")}. McNemar goes with the metric accuracy and a random or stratified split, Diebold-Mariano with a mean loss and a split by time.`;
}
