import type { Weighted } from "../metrics.ts";

/**
 * The mean of a term over rows, under weights that may differ from call to
 * call. Terms are taken once, so thousands of resamples cost additions only.
 */
export function weightedMean(
	length: number,
	term: (row: number) => number,
): Weighted {
	const terms = Float64Array.from({ length }, (_, row) => term(row));
	return (weights = once(length)) => {
		let [sum, total] = [0, 0];
		for (let i = 0; i < length; i++) {
			const weight = weights[i] as number;
			sum += weight * (terms[i] as number);
			total += weight;
		}
		return sum / total;
	};
}

/** Every row one time. */
export const once = (length: number): Float64Array =>
	new Float64Array(length).fill(1);
