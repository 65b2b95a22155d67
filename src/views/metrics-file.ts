// The computed figures as a file for programs. Like the model card it holds what
// is true of the model: the same work makes the same file.
import type { EvaluationContract } from "../reports/evaluation-plan.ts";
import type { EvaluationResult } from "../reports/results.ts";

export const metricsPath = (issue: number) =>
	`docs/ml/issue-${issue}-metrics.json`;

/** Figures as they were computed; what could not be had is absent. */
export function renderMetrics(
	{ seconds: _, tracked: __, ...result }: EvaluationResult,
	contract: EvaluationContract,
): string {
	const figures = { version: 1, contract, result };
	return `${JSON.stringify(figures, null, "\t")}\n`;
}
