import type { Scorer } from "../metrics.ts";
import { mean } from "./mean.ts";

export const meanAbsoluteError: Scorer = (truth, prediction) => (weights) =>
	mean(truth.length, weights, (i) =>
		Math.abs((truth[i] as number) - (prediction[i] as number)),
	);

export const rootMeanSquaredError: Scorer = (truth, prediction) => (weights) =>
	Math.sqrt(meanSquaredError(truth, prediction, weights));

/** 1 - residual / total sum of squares; NaN when the truth does not vary. */
export const rSquared: Scorer = (truth, prediction) => (weights) => {
	const centre = mean(truth.length, weights, (i) => truth[i] as number);
	const spread = mean(
		truth.length,
		weights,
		(i) => ((truth[i] as number) - centre) ** 2,
	);
	const residual = meanSquaredError(truth, prediction, weights);
	return spread > 0 ? 1 - residual / spread : Number.NaN;
};

function meanSquaredError(
	truth: ArrayLike<number>,
	prediction: ArrayLike<number>,
	weights?: ArrayLike<number>,
): number {
	return mean(
		truth.length,
		weights,
		(i) => ((truth[i] as number) - (prediction[i] as number)) ** 2,
	);
}
