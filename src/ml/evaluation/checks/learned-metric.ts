import type { Subject } from "../subject.ts";

export type LearnedMetric = "roc_auc" | "balanced_accuracy" | "r2";

/** What tells learning from chance, whatever the contract decides by. */
export function learnedMetric({ contract, classes }: Subject): LearnedMetric {
	if (contract.task === "regression") return "r2";
	return classes.length ? "balanced_accuracy" : "roc_auc";
}
