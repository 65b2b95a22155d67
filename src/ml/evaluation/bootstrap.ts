// How sure the comparison is: the paired bootstrap.
import type { MetricName } from "../../reports/evaluation-plan.ts";
import { improvement, METRIC, type Terms } from "./metrics.ts";
import { resampler } from "./resample.ts";
import {
	type Interval,
	percentileInterval,
	percentileP,
	scaledInterval,
} from "./statistics/interval.ts";
import { unitsOf, unitsOfScore } from "./units.ts";

export interface Comparison {
	/** Median over seeds of the metric on all held-out rows. */
	readonly value: number;
	readonly interval: Interval;
	readonly baseline: number;
	/** Improvement over the baseline: positive is better, whatever the metric's direction. */
	readonly difference: number;
	readonly differenceInterval: Interval;
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
	readonly terms?: Terms;
}

export interface Options {
	readonly alpha: number;
	readonly key: string;
	readonly replicates?: number;
}

export const REPLICATES = 2_000;
/** Bounds the work on large tables: fewer replicates, never fewer than 200. */
const MOST_VISITS = 400_000_000;

export function compareSystems(
	metric: MetricName,
	samples: Samples,
	options: Options,
): Comparison {
	return compareByAll([metric], samples, options)[0] as Comparison;
}

/**
 * Resamples held-out groups with replacement and scores both systems by every
 * metric on the same resample (Efron and Tibshirani 1993, ch. 13 and 16; groups
 * as units: Davison and Hinkley 1997, §3.8). Training noise is summarised by
 * the median over seeds, not resampled.
 */
export function compareByAll(
	metrics: readonly MetricName[],
	samples: Samples,
	{ alpha, key, replicates }: Options,
): Comparison[] {
	const { truth, model, baseline, groups } = samples;
	const rivals = metrics.map((metric) => rivalsOf(metric, samples));
	const wanted =
		replicates ??
		replicatesFor(
			truth.length * (model.length + baseline.length) * metrics.length,
		);
	const resample = resampler(groups, key);
	// A resample may miss a class; then a metric is undefined and waits for the next.
	for (let tries = 0; tries < 2 * wanted; tries++) {
		const waiting = rivals.filter(({ values }) => values.length < wanted);
		if (!waiting.length) break;
		const weights = resample();
		for (const { metric, scoreModel, scoreBaseline, ...seen } of waiting) {
			const [m, b] = [scoreModel(weights), scoreBaseline(weights)];
			if (Number.isNaN(m) || Number.isNaN(b)) continue;
			seen.values.push(m);
			seen.differences.push(improvement(metric, m, b));
		}
	}
	return rivals.map(
		({ metric, scoreModel, scoreBaseline, values, differences }) => {
			const [value, base] = [scoreModel(), scoreBaseline()];
			const units = unitsOf(metric, samples);
			const { range } = METRIC[metric];
			return {
				value,
				baseline: base,
				difference: improvement(metric, value, base),
				interval: scaledInterval(
					value,
					values,
					alpha,
					unitsOfScore(metric, samples),
					range,
				),
				differenceInterval: percentileInterval(differences, alpha, units),
				pValue: percentileP(differences, units),
			};
		},
	);
}

function rivalsOf(
	metric: MetricName,
	{ truth, model, baseline, terms }: Samples,
) {
	const scoreBy = (predictions: readonly ArrayLike<number>[]) => {
		const scorers = predictions.map((p) =>
			METRIC[metric].scorer(truth, p, terms),
		);
		return (weights?: Float64Array) =>
			median(scorers.map((scorer) => scorer(weights)));
	};
	const [values, differences]: [number[], number[]] = [[], []];
	return {
		...{ metric, values, differences },
		scoreModel: scoreBy(model),
		scoreBaseline: scoreBy(baseline),
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
