// What follows from the four counts of right and wrong decisions. Where a share
// has nothing to be a share of it is 0, as scikit-learn has it by default.
import type { Scorer } from "../metrics.ts";
import { once } from "./mean.ts";

/** From this probability on a row counts as predicted positive. */
const THRESHOLD = 0.5;

export const isPredicted = (probability: number | undefined): boolean =>
	(probability as number) >= THRESHOLD;

/** Weights of the rows decided so: hits and misses of positives, alarms and rests of negatives. */
interface Counts {
	readonly hits: number;
	readonly misses: number;
	readonly alarms: number;
	readonly rests: number;
}

export const f1 = decided(({ hits, misses, alarms }) =>
	share(2 * hits, misses + alarms),
);

export const precision = decided(({ hits, alarms }) => share(hits, alarms));

export const recall = decided(({ hits, misses }) => share(hits, misses));

/** Undefined without rows of either class. */
export const balancedAccuracy = decided(
	({ hits, misses, alarms, rests }) =>
		(hits / (hits + misses) + rests / (rests + alarms)) / 2,
);

/** The correlation of what is and what was said (Matthews 1975); 0 where either does not vary. */
export const matthews = decided(({ hits, misses, alarms, rests }) => {
	const spread =
		(hits + misses) * (rests + alarms) * (hits + alarms) * (rests + misses);
	return spread > 0 ? (hits * rests - misses * alarms) / Math.sqrt(spread) : 0;
});

const share = (part: number, rest: number) =>
	part > 0 ? part / (part + rest) : 0;

function decided(figure: (counts: Counts) => number): Scorer {
	return (truth, prediction) => {
		// Where a row is counted: two for what is, one for what was said.
		const cell = Uint8Array.from(
			truth,
			(label, i) =>
				2 * Number(label === 1) + Number(isPredicted(prediction[i])),
		);
		return (weights = once(cell.length)) => {
			const sums = [0, 0, 0, 0];
			for (let i = 0; i < cell.length; i++)
				sums[cell[i] as number] =
					(sums[cell[i] as number] as number) + (weights[i] as number);
			const [rests, alarms, misses, hits] = sums as [
				number,
				number,
				number,
				number,
			];
			return figure({ hits, misses, alarms, rests });
		};
	};
}
