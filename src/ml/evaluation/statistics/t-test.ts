import { studentP, studentQuantile } from "./distributions.ts";

export interface TTest {
	readonly difference: number;
	readonly interval: [number, number];
	readonly pValue: number;
	readonly statistic: number;
}

/** Equal differences show nothing when zero, and everything when not. */
export function tTestOf(
	difference: number,
	variance: number,
	df: number,
	alpha: number,
): TTest {
	const error = Math.sqrt(variance);
	const statistic = difference === 0 ? 0 : difference / error;
	const reach = studentQuantile(1 - alpha / 2, df) * error;
	return {
		difference,
		interval: [difference - reach, difference + reach],
		pValue: studentP(statistic, df),
		statistic,
	};
}
