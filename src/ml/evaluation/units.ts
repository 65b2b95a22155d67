// How many independent observations a figure rests on; what intervals are widened by.
import type { MetricName } from "../../reports/evaluation-plan.ts";
import type { Samples } from "./bootstrap.ts";
import { METRIC } from "./metrics.ts";
import { FEWEST_UNITS } from "./statistics/interval.ts";

/** The groups, or, where the rarer class is what a metric is short of, the groups that hold that class. */
export function unitsOf(
	metric: MetricName,
	{ truth, groups }: Pick<Samples, "truth" | "groups">,
): number {
	if (METRIC[metric].limitedBy === "rows") return new Set(groups).size;
	const holders = Map.groupBy(groups.keys(), (row) => truth[row]).values();
	return Math.min(
		...[...holders].map((rows) => new Set(rows.map((row) => groups[row])).size),
	);
}

/**
 * For the score of one system. A mean of losses of which few rows make up most
 * has a standard error that is itself uncertain, as if it came of fewer rows: of
 * 1 + 2n / (kurtosis - 1) (O'Neill 2014, The American Statistician 68:282,
 * after Satterthwaite 1946).
 */
export function unitsOfScore(metric: MetricName, samples: Samples): number {
	const { loss } = METRIC[metric];
	const units = unitsOf(metric, samples);
	const [prediction] = samples.model;
	if (!loss || prediction?.length !== samples.truth.length) return units;
	const kurtosis = kurtosisOf(
		sumsByGroup(samples, (row) =>
			loss(
				samples.truth[row] as number,
				prediction[row] as number,
				row,
				samples.terms,
			),
		),
	);
	const all = new Set(samples.groups).size;
	const effective = 1 + Math.floor((2 * all) / (kurtosis - 1)) || units;
	return Math.min(units, Math.max(FEWEST_UNITS, effective));
}

/** Of what the rows of a group lie off the mean of all rows, the sums. */
function sumsByGroup(
	{ groups }: Samples,
	term: (row: number) => number,
): number[] {
	const terms = groups.map((_, row) => term(row));
	const mean = terms.reduce((a, b) => a + b, 0) / terms.length;
	const sums = new Map<string, number>();
	for (const [row, group] of groups.entries())
		sums.set(group, (sums.get(group) ?? 0) + (terms[row] as number) - mean);
	return [...sums.values()];
}

/** Three for a normal distribution; the values' mean is zero. */
function kurtosisOf(values: readonly number[]): number {
	let [squares, fourths] = [0, 0];
	for (const value of values) {
		squares += value ** 2;
		fourths += value ** 4;
	}
	return (values.length * fourths) / squares ** 2;
}
