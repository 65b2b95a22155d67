import { quantileSorted } from "simple-statistics";

/** How many values lie beyond 1.5 interquartile ranges of the middle half (Tukey 1977). */
export function countOutliers(counts: ReadonlyMap<string, number>): number {
	const values = [...counts]
		.flatMap(([text, times]) => Array<number>(times).fill(Number(text)))
		.sort((a, b) => a - b);
	const [low, high] = [
		quantileSorted(values, 0.25),
		quantileSorted(values, 0.75),
	];
	const reach = 1.5 * (high - low);
	// Where the middle half is one value, everything else would be an outlier.
	if (reach === 0) return 0;
	return values.filter((v) => v < low - reach || v > high + reach).length;
}
