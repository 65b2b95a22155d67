// How sure the comparison is: the paired percentile bootstrap.
import type { MetricName } from "../../reports/evaluation-plan.ts";
import { improvement, METRIC } from "./metrics.ts";
import { randomOf } from "./random.ts";

export interface Comparison {
	/** Median over seeds of the metric on all held-out rows. */
	readonly value: number;
	readonly interval: [number, number];
	readonly baseline: number;
	/** Improvement over the baseline: positive is better, whatever the metric's direction. */
	readonly difference: number;
	readonly differenceInterval: [number, number];
	/** Two-sided, against "no difference". */
	readonly pValue: number;
}

export interface Samples {
	readonly truth: ArrayLike<number>;
	/** Predictions of one system, one array per seed. */
	readonly model: readonly ArrayLike<number>[];
	readonly baseline: readonly ArrayLike<number>[];
	/** Rows with equal values are drawn together. */
	readonly groups: readonly string[];
}

export const REPLICATES = 2_000;
/** Bounds the work on large tables: fewer replicates, never fewer than 200. */
const MOST_VISITS = 400_000_000;

/**
 * Resamples held-out groups with replacement and scores both systems on the
 * same resample (Efron and Tibshirani 1993, ch. 13 and 16; groups as units:
 * Davison and Hinkley 1997, §3.8; the +1 in p: their §4.2). Training noise is
 * summarised by the median over seeds, not resampled.
 */
export function compareSystems(
	metric: MetricName,
	samples: Samples,
	options: { alpha: number; key: string; replicates?: number },
): Comparison {
	const { truth, model, baseline, groups } = samples;
	const scoreBy = (predictions: readonly ArrayLike<number>[]) => {
		const scorers = predictions.map((p) => METRIC[metric].scorer(truth, p));
		return (weights?: ArrayLike<number>) =>
			median(scorers.map((scorer) => scorer(weights)));
	};
	const [scoreModel, scoreBaseline] = [scoreBy(model), scoreBy(baseline)];
	const [value, base] = [scoreModel(), scoreBaseline()];
	const values: number[] = [];
	const differences: number[] = [];
	const wanted =
		options.replicates ??
		replicatesFor(truth.length * (model.length + baseline.length));
	const resample = clusterResampler(groups, options.key);
	// A resample may miss a class; then the metric is undefined and it is drawn again.
	for (let tries = 0; values.length < wanted && tries < 2 * wanted; tries++) {
		const weights = resample();
		const [m, b] = [scoreModel(weights), scoreBaseline(weights)];
		if (Number.isNaN(m) || Number.isNaN(b)) continue;
		values.push(m);
		differences.push(improvement(metric, m, b));
	}
	return {
		value,
		baseline: base,
		difference: improvement(metric, value, base),
		interval: percentiles(values, options.alpha),
		differenceInterval: percentiles(differences, options.alpha),
		pValue: twoSided(differences),
	};
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2
		? (sorted[middle] as number)
		: ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

function replicatesFor(visitsEach: number): number {
	return Math.max(
		200,
		Math.min(REPLICATES, Math.floor(MOST_VISITS / Math.max(1, visitsEach))),
	);
}

/** Each call draws as many groups as there are and gives every row its count. */
function clusterResampler(
	groups: readonly string[],
	key: string,
): () => Float64Array {
	const random = randomOf(`bootstrap ${key}`);
	const names = new Map<string, number>();
	const groupOf = Uint32Array.from(groups, (name) => {
		const index = names.get(name) ?? names.size;
		names.set(name, index);
		return index;
	});
	const drawn = new Float64Array(names.size);
	const weights = new Float64Array(groups.length);
	return () => {
		drawn.fill(0);
		for (let i = 0; i < drawn.length; i++) {
			const chosen = random.below(drawn.length);
			drawn[chosen] = (drawn[chosen] as number) + 1;
		}
		for (let row = 0; row < weights.length; row++)
			weights[row] = drawn[groupOf[row] as number] as number;
		return weights;
	};
}

function percentiles(
	values: readonly number[],
	alpha: number,
): [number, number] {
	const sorted = values.toSorted((a, b) => a - b);
	const at = (share: number) => {
		const place = share * (sorted.length - 1);
		const [low, high] = [Math.floor(place), Math.ceil(place)];
		const [a, b] = [sorted[low] as number, sorted[high] as number];
		return a + (b - a) * (place - low);
	};
	return [at(alpha / 2), at(1 - alpha / 2)];
}

function twoSided(differences: readonly number[]): number {
	const worse = differences.filter((d) => d <= 0).length;
	const better = differences.filter((d) => d >= 0).length;
	const tail = (Math.min(worse, better) + 1) / (differences.length + 1);
	return Math.min(1, 2 * tail);
}
