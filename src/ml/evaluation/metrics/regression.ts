import type { Scorer } from "../metrics.ts";
import { squaredError } from "./losses.ts";
import { weightedMean } from "./mean.ts";

export const rootMeanSquaredError: Scorer = (truth, prediction) => {
	const squared = meanSquaredError(truth, prediction);
	return (weights) => Math.sqrt(squared(weights));
};

/** 1 - residual / total sum of squares; NaN when the truth does not vary. */
export const rSquared: Scorer = (truth, prediction) => {
	const middle = weightedMean(truth.length, (i) => truth[i] as number);
	const residual = meanSquaredError(truth, prediction);
	// Around the middle of all rows first: no digits are lost far from zero.
	const origin = middle();
	const off = (i: number) => (truth[i] as number) - origin;
	const squares = weightedMean(truth.length, (i) => off(i) ** 2);
	const rounding = 1e-12 * squares();
	return (weights) => {
		const spread = squares(weights) - (middle(weights) - origin) ** 2;
		return spread > rounding ? 1 - residual(weights) / spread : Number.NaN;
	};
};

const meanSquaredError: Scorer = (truth, prediction) =>
	weightedMean(truth.length, (i) =>
		squaredError(truth[i] as number, prediction[i] as number),
	);
