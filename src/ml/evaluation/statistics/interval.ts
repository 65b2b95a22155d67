// From resampled values to an interval and a p, honest for small samples, too.
import { sampleStandardDeviation } from "simple-statistics";
import {
	normalCdf,
	normalQuantile,
	studentCdf,
	studentQuantile,
} from "./distributions.ts";
import { scaleOf } from "./scale.ts";

export type Interval = [number, number];

/** On fewer no method we know keeps its promise: everything is NaN. */
export const FEWEST_UNITS = 5;

/**
 * Bootstrap intervals are too narrow by about sqrt((m - 1) / m), and use the
 * normal where t is due, on m independent units. Percentiles further out mend
 * both (Hesterberg 2015, The American Statistician 69:371, "expanded
 * percentiles"). `units` are those that limit the metric: ten positives among
 * two hundred rows count as ten.
 */
const stretch = (units: number) => Math.sqrt(units / (units - 1));
const reach = (alpha: number, units: number) =>
	studentQuantile(1 - alpha / 2, units - 1) * stretch(units);

/** The expanded percentile interval of resampled differences. */
export function percentileInterval(
	replicates: readonly number[],
	alpha: number,
	units: number,
): Interval {
	if (!replicates.length || units < FEWEST_UNITS)
		return [Number.NaN, Number.NaN];
	const sorted = replicates.toSorted((a, b) => a - b);
	const share = normalCdf(-reach(alpha, units));
	// Of B values the k-th lies at k / (B + 1) (Hall 1986, Ann. Statistics
	// 14:1453); between two, the one further out.
	const out = Math.max(0, Math.floor(share * (sorted.length + 1)) - 1);
	return [sorted.at(out), sorted.at(-1 - out)] as Interval;
}

/**
 * Two-sided, against "no difference", by the same expansion: below alpha where
 * the interval leaves zero out. The +1: Davison and Hinkley 1997, §4.2.
 */
export function percentileP(
	replicates: readonly number[],
	units: number,
): number {
	if (!replicates.length || units < FEWEST_UNITS) return Number.NaN;
	const worse = replicates.filter((d) => d <= 0).length;
	const better = replicates.filter((d) => d >= 0).length;
	const tail = (Math.min(worse, better) + 1) / (replicates.length + 1);
	if (tail >= 0.5) return 1;
	return 2 * studentCdf(normalQuantile(tail) / stretch(units), units - 1);
}

/**
 * The interval of one system's score: t with the bootstrap's standard error,
 * taken on a scale without bounds and brought back. A share near 1 has more
 * room below than above; the plain percentile interval of ROC-AUC or PR-AUC
 * misses that with few positives (logit intervals: Boyd, Eng and Page 2013 for
 * PR-AUC; LeDell, Petersen and van der Laan 2015 for ROC-AUC).
 */
export function scaledInterval(
	value: number,
	replicates: readonly number[],
	alpha: number,
	units: number,
	range: readonly [number, number],
): Interval {
	if (replicates.length < 2 || units < FEWEST_UNITS)
		return [Number.NaN, Number.NaN];
	const error = sampleStandardDeviation([...replicates]);
	const { to, back, slope } = scaleOf(range);
	if (!Number.isFinite(to(value))) return atBound(value, range, alpha, units);
	const far = reach(alpha, units) * error * slope(value);
	const ends = [back(to(value) - far), back(to(value) + far)];
	return ends.sort((a, b) => a - b) as Interval;
}

/**
 * A perfect score has no spread to learn from. `units` rows without a fault are
 * compatible with any share whose power leaves half of alpha (Clopper and
 * Pearson 1934); a scale without a second bound has no such answer.
 */
function atBound(
	value: number,
	[low, high]: readonly [number, number],
	alpha: number,
	units: number,
): Interval {
	if (!Number.isFinite(high - low)) return [value, value];
	const room = (1 - (alpha / 2) ** (1 / units)) * (high - low);
	return value === low ? [low, low + room] : [high - room, high];
}
