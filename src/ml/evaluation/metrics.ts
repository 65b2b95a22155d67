// The metrics of the evaluation contract, one row each.
import type { MetricName } from "../../reports/evaluation-plan.ts";
import {
	accuracyOfClasses,
	balancedAccuracyOfClasses,
	f1OfClasses,
	logLossOfClasses,
	widthOf,
} from "./metrics/classes.ts";
import {
	accuracy,
	averagePrecision,
	rocAuc,
} from "./metrics/classification.ts";
import {
	balancedAccuracy,
	f1,
	matthews,
	precision,
	recall,
} from "./metrics/decisions.ts";
import {
	absoluteError,
	logLoss,
	pinballLoss,
	scaledError,
	squaredError,
	symmetricError,
} from "./metrics/losses.ts";
import { weightedMean } from "./metrics/mean.ts";
import { rootMeanSquaredError, rSquared } from "./metrics/regression.ts";

type Numbers = ArrayLike<number>;

/**
 * Looks at truth and prediction once and gives a function that scores them
 * under row weights (absent: every row once), so that thousands of resamples
 * need no new sorting. NaN where the metric is undefined, e.g. one class only.
 */
export type Scorer = (
	truth: Numbers,
	prediction: Numbers,
	terms?: Terms,
) => Weighted;

/** What some metrics take from the contract and its training rows. */
export interface Terms {
	readonly quantile?: number | undefined;
	/** Per row, the mean error of its series' naive forecast. */
	readonly scales?: Numbers | undefined;
}

export type Weighted = (weights?: Float64Array) => number;

export interface Metric {
	readonly title: string;
	readonly higherIsBetter: boolean;
	/** What a prediction is: probability of the positive class, or the value. */
	readonly predicts: "probability" | "value";
	/** The values it can take. */
	readonly range: readonly [number, number];
	/** What it is short of first: rows, or rows of the rarer class. */
	readonly limitedBy: "rows" | "class";
	readonly scorer: Scorer;
	/** It judges more than two classes, too. */
	readonly ofClasses?: true;
	/** Of one row, where the metric is the mean of a loss, or follows from it. */
	readonly loss?: Loss;
	/** It is that mean itself, so that rows or times can be compared one by one. */
	readonly isMeanLoss?: true;
}

export type Loss = (
	truth: number,
	prediction: number,
	row?: number,
	terms?: Terms,
) => number;

const CLASS = { predicts: "probability", limitedBy: "class" } as const;
const SHARE = { ...CLASS, higherIsBetter: true, range: [0, 1] } as const;
const ERROR = {
	predicts: "value",
	limitedBy: "rows",
	higherIsBetter: false,
	range: [0, Number.POSITIVE_INFINITY],
} as const;

export const METRIC: Readonly<Record<MetricName, Metric>> = {
	pr_auc: { ...SHARE, title: "PR-AUC", scorer: averagePrecision },
	roc_auc: { ...SHARE, title: "ROC-AUC", scorer: rocAuc },
	accuracy: {
		...SHARE,
		title: "Accuracy",
		limitedBy: "rows",
		...orOfClasses(accuracy, accuracyOfClasses),
	},
	f1: { ...SHARE, title: "F1", ...orOfClasses(f1, f1OfClasses) },
	log_loss: {
		...{ ...ERROR, ...CLASS, title: "Log loss", ...meanOf(logLoss) },
		...orOfClasses(meanOf(logLoss).scorer, logLossOfClasses),
	},
	brier: {
		...{ ...SHARE, higherIsBetter: false },
		title: "Brier score",
		...meanOf(squaredError),
	},
	mae: { ...ERROR, title: "MAE", ...meanOf(absoluteError) },
	rmse: {
		...ERROR,
		title: "RMSE",
		scorer: rootMeanSquaredError,
		loss: squaredError,
	},
	r2: {
		...ERROR,
		title: "R²",
		higherIsBetter: true,
		range: [Number.NEGATIVE_INFINITY, 1],
		scorer: rSquared,
		loss: squaredError,
	},
	balanced_accuracy: {
		...SHARE,
		title: "Balanced accuracy",
		...orOfClasses(balancedAccuracy, balancedAccuracyOfClasses),
	},
	mcc: {
		...SHARE,
		title: "Matthews correlation",
		range: [-1, 1],
		scorer: matthews,
	},
	precision: { ...SHARE, title: "Precision", scorer: precision },
	recall: { ...SHARE, title: "Recall", scorer: recall },
	smape: {
		...{ ...ERROR, title: "sMAPE" },
		range: [0, 2],
		...meanOf(symmetricError),
	},
	mase: { ...ERROR, title: "MASE", ...meanOf(scaledError) },
	pinball: { ...ERROR, title: "Pinball loss", ...meanOf(pinballLoss) },
};

function meanOf(loss: Loss): Pick<Metric, "scorer" | "loss" | "isMeanLoss"> {
	return {
		loss,
		isMeanLoss: true,
		scorer: (truth, prediction, terms) =>
			weightedMean(truth.length, (i) =>
				loss(truth[i] as number, prediction[i] as number, i, terms),
			),
	};
}

function orOfClasses(
	ofTwo: Scorer,
	ofMany: Scorer,
): Pick<Metric, "scorer" | "ofClasses"> {
	return {
		ofClasses: true,
		scorer: (truth, prediction, terms) =>
			widthOf(truth, prediction) > 1
				? ofMany(truth, prediction)
				: ofTwo(truth, prediction, terms),
	};
}

export function score(
	metric: MetricName,
	truth: Numbers,
	prediction: Numbers,
	terms?: Terms,
): number {
	return METRIC[metric].scorer(truth, prediction, terms)();
}

/** How much better `value` is than `other`: positive is better, whatever the direction. */
export function improvement(
	metric: MetricName,
	value: number,
	other: number,
): number {
	return METRIC[metric].higherIsBetter ? value - other : other - value;
}
