// The metrics of the evaluation contract, one row each.
import type { MetricName } from "../../reports/evaluation-plan.ts";
import {
	accuracy,
	averagePrecision,
	brier,
	f1,
	logLoss,
	rocAuc,
} from "./metrics/classification.ts";
import {
	meanAbsoluteError,
	rootMeanSquaredError,
	rSquared,
} from "./metrics/regression.ts";

type Numbers = ArrayLike<number>;

/**
 * Looks at truth and prediction once and gives a function that scores them
 * under row weights (absent: every row once), so that thousands of resamples
 * need no new sorting. NaN where the metric is undefined, e.g. one class only.
 */
export type Scorer = (
	truth: Numbers,
	prediction: Numbers,
) => (weights?: Numbers) => number;

export interface Metric {
	readonly title: string;
	readonly higherIsBetter: boolean;
	/** What a prediction is: probability of the positive class, or the value. */
	readonly predicts: "probability" | "value";
	readonly scorer: Scorer;
}

export const METRIC: Readonly<Record<MetricName, Metric>> = {
	pr_auc: probability("PR-AUC", true, averagePrecision),
	roc_auc: probability("ROC-AUC", true, rocAuc),
	accuracy: probability("Accuracy", true, accuracy),
	f1: probability("F1", true, f1),
	log_loss: probability("Log loss", false, logLoss),
	brier: probability("Brier score", false, brier),
	mae: value("MAE", false, meanAbsoluteError),
	rmse: value("RMSE", false, rootMeanSquaredError),
	r2: value("R²", true, rSquared),
};

export function score(
	metric: MetricName,
	truth: Numbers,
	prediction: Numbers,
): number {
	return METRIC[metric].scorer(truth, prediction)();
}

/** How much better `value` is than `other`: positive is better, whatever the direction. */
export function improvement(
	metric: MetricName,
	value: number,
	other: number,
): number {
	return METRIC[metric].higherIsBetter ? value - other : other - value;
}

function probability(
	title: string,
	higherIsBetter: boolean,
	scorer: Scorer,
): Metric {
	return { title, higherIsBetter, predicts: "probability", scorer };
}

function value(title: string, higherIsBetter: boolean, scorer: Scorer): Metric {
	return { title, higherIsBetter, predicts: "value", scorer };
}
