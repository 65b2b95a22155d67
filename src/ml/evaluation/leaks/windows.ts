// Columns made of the labels around their row, its own among them: a window
// that was not shifted, that is centred, or that lies ahead.
import { remainders } from "./remainder.ts";

type Values = readonly number[];

/** Labels before a row that short windows are made of. */
const LAGS = 9;
/** The longest plain mean that is recognised, and how far ahead it may lie. */
const LONGEST = 60;
/** Rows next to each other that are looked at first, and in all. */
const FEW = 240;
export const MOST = 4_000;
/** Of what the past leaves open, what such a column leaves open: the digits it was printed with. */
const EXACT = 1e-4;

/** `labels` and `column` in the order of time. */
export function holdsOwnLabel(labels: Values, column: Values): boolean {
	if (labels.length < 4 * LAGS) return false;
	const first = (rows: number) =>
		[labels.slice(0, rows), column.slice(0, rows)] as const;
	return [isShortWindow, isRunningMean, isLongWindow].some(
		(holds) => holds(...first(FEW + 2 * LONGEST)) && holds(...first(MOST)),
	);
}

/** The label follows from the column and the labels before it, and from neither alone. */
function isShortWindow(y: Values, c: Values): boolean {
	const now = y.slice(LAGS);
	const before = (values: Values, lag: number) =>
		values.slice(LAGS - lag, values.length - lag);
	const lags = Array.from({ length: LAGS }, (_, i) => before(y, i + 1));
	const [alone = 0] = remainders(now, [c.slice(LAGS)]);
	if (alone < EXACT) return false;
	const left = remainders(now, [...lags, before(c, 1), c.slice(LAGS)]);
	const [past, all] = left.slice(-2) as [number, number];
	return past > 1e-9 && all < EXACT * past;
}

/** The mean of all labels so far. */
function isRunningMean(y: Values, c: Values): boolean {
	const told = c
		.slice(1)
		.map((mean, i) => (i + 2) * mean - (i + 1) * (c[i] ?? 0));
	return (remainders(y.slice(1), [told])[0] ?? 1) < EXACT;
}

/** What a mean of `width` labels gains from row to row is one label less another. */
function isLongWindow(y: Values, c: Values): boolean {
	const fits = (rows: number) => (width: number, end: number) => {
		const [from, to] = [LONGEST * 2, Math.min(rows, y.length - LONGEST)];
		if (to - from < 4 * LAGS) return false;
		const gain = (values: Values, at: number, back: number) =>
			(values[at] as number) - (values[at - back] as number);
		let [mine, its, both] = [0, 0, 0];
		for (let t = from; t < to; t++) {
			const [a, b] = [gain(c, t, 1), gain(y, t + end, width)];
			mine += a * a;
			its += b * b;
			both += a * b;
		}
		return mine > 0 && both > 0 && both ** 2 > (1 - EXACT) * mine * its;
	};
	const [few, all] = [fits(FEW + LONGEST * 2), fits(MOST)];
	let found = false;
	for (let width = 1; width <= LONGEST; width++)
		for (let end = -LONGEST; end <= LONGEST; end++) {
			if (!few(width, end) || !all(width, end)) continue;
			// What the past says as well is no secret of the row's.
			if (end < 0) return false;
			found = true;
		}
	return found;
}
