import type { Loss } from "../metrics.ts";

/** The float64 step at 1: where scikit-learn clips probabilities, too. */
const EPSILON = 2 ** -52;

export const logLoss: Loss = (truth, prediction) => {
	const p = Math.min(1 - EPSILON, Math.max(EPSILON, prediction));
	return -Math.log(truth === 1 ? p : 1 - p);
};

export const absoluteError: Loss = (truth, prediction) =>
	Math.abs(truth - prediction);

/** Of a probability, it makes the Brier score (Brier 1950). */
export const squaredError: Loss = (truth, prediction) =>
	(truth - prediction) ** 2;

/** By the error of the naive forecast on the training rows (Hyndman and Koehler 2006). */
export const scaledError: Loss = (truth, prediction, row = 0, terms = {}) =>
	Math.abs(truth - prediction) / (terms.scales?.[row] ?? 1);

/** Of a predicted quantile: too low costs its share, too high the rest (Koenker and Bassett 1978). */
export const pinballLoss: Loss = (
	truth,
	prediction,
	_row,
	{ quantile = 0.5 } = {},
) =>
	truth >= prediction
		? quantile * (truth - prediction)
		: (1 - quantile) * (prediction - truth);

/** In 0 to 2: the error over the mean of what was and what was said (Makridakis 1993); 0 where both are 0. */
export const symmetricError: Loss = (truth, prediction) =>
	truth === prediction
		? 0
		: (2 * Math.abs(truth - prediction)) /
			(Math.abs(truth) + Math.abs(prediction));
