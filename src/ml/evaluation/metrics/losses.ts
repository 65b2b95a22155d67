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

/** In 0 to 2: the error over the mean of what was and what was said (Makridakis 1993); 0 where both are 0. */
export const symmetricError: Loss = (truth, prediction) =>
	truth === prediction
		? 0
		: (2 * Math.abs(truth - prediction)) /
			(Math.abs(truth) + Math.abs(prediction));
