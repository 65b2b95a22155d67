// What is simulated: each cell is one kind of evaluation at one size. A
// simulation says of each test whether it saw a difference that is not there,
// and of each interval whether it holds the true value.
import {
	type Comparison,
	compareByAll,
	type Samples,
} from "../../src/ml/evaluation/bootstrap.ts";
import { METRIC } from "../../src/ml/evaluation/metrics.ts";
import { type Random, randomOf } from "../../src/ml/evaluation/random.ts";
import { dieboldMariano } from "../../src/ml/evaluation/statistics/diebold-mariano.ts";
import { compareRights } from "../../src/ml/evaluation/statistics/mcnemar.ts";
import { METRICS, type MetricName } from "../../src/reports/evaluation-plan.ts";
import { correctedT } from "./corrected-t.ts";
import { type Kinds, kindSamples, trueOfKinds } from "./kinds.ts";
import { differencesOverSplits, HELD_OUT } from "./retrained.ts";
import {
	type Classes,
	classSamples,
	type Numbers,
	normalsOf,
	numberSamples,
	trueOfClasses,
	trueOfNumbers,
} from "./worlds.ts";

export const ALPHA = 0.05;

/** undefined: refused, as the evaluator would. */
export type Outcome = readonly [
	what: "rejects" | "covers",
	by: string,
	hit: boolean | undefined,
];

export interface Cell {
	readonly name: string;
	readonly simulate: (key: string) => Outcome[];
}

/** Shown beside ours: what others use on repeated splits. We offer neither. */
export const NAIVE = "naive paired t";
export const NADEAU_BENGIO = "Nadeau-Bengio";

const SIZES = [200, 2_000];
const PREVALENCES = [0.5, 0.05];
const predicting = (kind: "probability" | "value") =>
	METRICS.filter((metric) => METRIC[metric].predicts === kind);
/** Judged by a threshold, which only makes sense where both classes can be predicted. */
const DECIDING: readonly MetricName[] = [
	"accuracy",
	"balanced_accuracy",
	"f1",
	"mcc",
	"precision",
	"recall",
];

export const CELLS: readonly Cell[] = [
	...SIZES.flatMap(cellsOf),
	...SIZES.map((rows) => kinds({ rows, seeds: rows === 200 ? 3 : 1 })),
];

function cellsOf(rows: number): Cell[] {
	return [
		...PREVALENCES.flatMap((prevalence) => [
			classes({ rows, prevalence, rocAuc: 0.8, seeds: rows === 200 ? 3 : 1 }),
			splits(rows, prevalence),
		]),
		numbers({ rows, noise: "normal", seeds: rows === 200 ? 3 : 1 }),
		numbers({ rows, noise: "skewed", seeds: rows === 200 ? 3 : 1 }),
		forecasts(rows, 1),
		forecasts(rows, 4),
	];
}

function kinds(world: Kinds): Cell {
	const metrics = METRICS.filter((metric) => METRIC[metric].ofClasses);
	const truths = truthsOf(metrics, trueOfKinds);
	return {
		name: `${world.rows} rows, three classes`,
		simulate: (key) =>
			bootstrapOutcomes(
				metrics,
				kindSamples(world, randomOf(key)),
				key,
				truths(),
			),
	};
}

function classes(world: Omit<Classes, "prior">): Cell {
	const { rows, prevalence } = world;
	const ranked = { ...world, prior: "true" } as const;
	const decided = { ...world, prior: "equal" } as const;
	const probable = predicting("probability");
	const truths = truthsOf(probable, (metric) =>
		trueOfClasses(metric, DECIDING.includes(metric) ? decided : ranked),
	);
	return {
		name: `${rows} rows, prevalence ${prevalence}`,
		simulate(key) {
			const draw = (of: Classes) => classSamples(of, randomOf(key));
			const byRank = probable.filter((metric) => !DECIDING.includes(metric));
			const { truth, model, baseline } = draw(decided);
			const { pValue } = compareRights({ truth, model, baseline });
			return [
				...bootstrapOutcomes(byRank, draw(ranked), key, truths()),
				...bootstrapOutcomes(DECIDING, draw(decided), key, truths()),
				["rejects", "McNemar", pValue < ALPHA],
			];
		},
	};
}

function numbers(world: Numbers): Cell {
	const metrics = predicting("value");
	const truths = truthsOf(metrics, (metric) => trueOfNumbers(metric, world));
	return {
		name: `${world.rows} rows, ${world.noise} noise`,
		simulate: (key) =>
			bootstrapOutcomes(
				metrics,
				numberSamples(world, randomOf(key)),
				key,
				truths(),
			),
	};
}

function splits(rows: number, prevalence: number): Cell {
	return {
		name: `${rows} rows, prevalence ${prevalence}, ten splits`,
		simulate(key) {
			const differences = differencesOverSplits(
				rows,
				prevalence,
				randomOf(key),
			);
			const p = (overlap: number) =>
				correctedT(differences, overlap, ALPHA).pValue;
			const overlap = HELD_OUT / (1 - HELD_OUT);
			return [
				["rejects", NADEAU_BENGIO, p(overlap) < ALPHA],
				["rejects", NAIVE, p(0) < ALPHA],
			];
		},
	};
}

/** Errors of an h-step forecast are correlated up to lag h - 1. */
function forecasts(rows: number, horizon: number): Cell {
	return {
		name: `${rows} forecasts, horizon ${horizon}`,
		simulate(key) {
			const random = randomOf(key);
			const [shared, one, other] = [0, 1, 2].map(() =>
				moving(rows, horizon, random),
			) as [number[], number[], number[]];
			const differences = shared.map(
				(e, t) => Math.abs(e + (other[t] ?? 0)) - Math.abs(e + (one[t] ?? 0)),
			);
			const { pValue } = dieboldMariano(differences, ALPHA);
			return [["rejects", "Diebold-Mariano", pValue < ALPHA]];
		},
	};
}

/** A moving sum of `width` normal shocks. */
function moving(rows: number, width: number, random: Random): number[] {
	const normal = normalsOf(random);
	const shocks = Array.from({ length: rows + width }, normal);
	return Array.from({ length: rows }, (_, t) =>
		shocks.slice(t, t + width).reduce((a, b) => a + b, 0),
	);
}

/**
 * Few resamples do: with k / (B + 1) as the k-th quantile, coverage does not
 * depend on their number B to first order (Hall 1986). These make B + 1 times
 * the shares that are cut off nearly whole, so that going outwards costs little.
 */
const REPLICATES = { few: 83, many: 129 };

function bootstrapOutcomes(
	metrics: readonly MetricName[],
	samples: Samples,
	key: string,
	truths: ReadonlyMap<MetricName, number>,
): Outcome[] {
	const { few, many } = REPLICATES;
	const replicates = samples.truth.length > 500 ? few : many;
	const options = { alpha: ALPHA, key, replicates };
	const compared = compareByAll(metrics, samples, options);
	return metrics.flatMap((metric, i): Outcome[] => {
		const { interval, differenceInterval } = compared[i] as Comparison;
		const [low, high] = interval;
		const [from, to] = differenceInterval;
		const value = truths.get(metric) as number;
		const isRefused = Number.isNaN(low + high);
		return [
			[
				"rejects",
				`paired bootstrap, ${metric}`,
				isRefused ? undefined : from > 0 || to < 0,
			],
			["covers", metric, isRefused ? undefined : low <= value && value <= high],
		];
	});
}

/** Worked out once, when first asked for. */
function truthsOf(
	metrics: readonly MetricName[],
	trueOf: (metric: MetricName) => number,
): () => ReadonlyMap<MetricName, number> {
	let known: ReadonlyMap<MetricName, number> | undefined;
	return () => {
		known ??= new Map(metrics.map((metric) => [metric, trueOf(metric)]));
		return known;
	};
}
