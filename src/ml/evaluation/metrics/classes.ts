// More than two classes: truth is a class's place, a prediction one probability
// per class, row after row. Undefined where a class has no row.
import type { Scorer } from "../metrics.ts";
import { logLoss } from "./losses.ts";
import { once, weightedMean } from "./mean.ts";

/** Of how many classes each row's prediction speaks; 1: of the positive one. */
export const widthOf = (
	truth: ArrayLike<number>,
	prediction: ArrayLike<number>,
): number => prediction.length / truth.length;

/** The likeliest class; of equals the first. */
export function likeliest(
	prediction: ArrayLike<number>,
	row: number,
	width: number,
): number {
	let best = 0;
	for (let at = 1; at < width; at++)
		if (
			(prediction[row * width + at] as number) >
			(prediction[row * width + best] as number)
		)
			best = at;
	return best;
}

export const accuracyOfClasses: Scorer = (truth, prediction) => {
	const width = widthOf(truth, prediction);
	return weightedMean(truth.length, (row) =>
		Number(likeliest(prediction, row, width) === truth[row]),
	);
};

export const logLossOfClasses: Scorer = (truth, prediction) => {
	const width = widthOf(truth, prediction);
	return weightedMean(truth.length, (row) =>
		logLoss(1, prediction[row * width + (truth[row] as number)] as number),
	);
};

/** The mean recall. */
export const balancedAccuracyOfClasses = averaged(
	({ hits, are }) => hits / are,
);

/** Macro-averaged: every class counts the same. */
export const f1OfClasses = averaged(
	({ hits, are, said }) => (2 * hits) / (are + said),
);

/** Weights of rows that are of a class, that are said to be, and both. */
interface OfClass {
	readonly are: number;
	readonly said: number;
	readonly hits: number;
}

function averaged(figure: (counts: OfClass) => number): Scorer {
	return (truth, prediction) => {
		const width = widthOf(truth, prediction);
		const guesses = Uint32Array.from(truth, (_, row) =>
			likeliest(prediction, row, width),
		);
		return (weights = once(truth.length)) => {
			const [are, said, hits] = [0, 1, 2].map(
				() => new Float64Array(width),
			) as [Float64Array, Float64Array, Float64Array];
			const count = (sums: Float64Array, at: number, weight: number) => {
				sums[at] = (sums[at] as number) + weight;
			};
			for (let row = 0; row < truth.length; row++) {
				const [is, guess] = [truth[row] as number, guesses[row] as number];
				const weight = weights[row] as number;
				count(are, is, weight);
				count(said, guess, weight);
				if (is === guess) count(hits, is, weight);
			}
			if (are.includes(0)) return Number.NaN;
			let sum = 0;
			for (let at = 0; at < width; at++)
				sum += figure({
					are: are[at] as number,
					said: said[at] as number,
					hits: hits[at] as number,
				});
			return sum / width;
		};
	};
}
