// Made-up evaluations in which both systems are equally good, and what their
// metrics would be on endlessly many rows.
import type { Samples } from "../../src/ml/evaluation/bootstrap.ts";
import { METRIC, score } from "../../src/ml/evaluation/metrics.ts";
import { type Random, randomOf } from "../../src/ml/evaluation/random.ts";
import { normalQuantile } from "../../src/ml/evaluation/statistics/distributions.ts";
import type { MetricName } from "../../src/reports/evaluation-plan.ts";

/** How the noise of a prediction is made up: of the row, of the system, of its training. */
const NOISE = { row: 0.7, system: 0.2, seed: 0.1 };

/** Standard normal numbers (Box and Muller 1958). */
export function normalsOf({ next }: Random): () => number {
	let spare: number | undefined;
	return () => {
		if (spare !== undefined) {
			const kept = spare;
			spare = undefined;
			return kept;
		}
		const radius = Math.sqrt(-2 * Math.log(1 - next()));
		const angle = 2 * Math.PI * next();
		spare = radius * Math.sin(angle);
		return radius * Math.cos(angle);
	};
}

/** Scores of the two classes are normal, a distance apart that makes this ROC-AUC. */
export interface Classes {
	readonly rows: number;
	readonly prevalence: number;
	readonly rocAuc: number;
	/** Trainings of each system. */
	readonly seeds: number;
	/** What the systems hand in: calibrated probabilities, or as if classes were equally frequent. */
	readonly prior: "true" | "equal";
}

export function classSamples(world: Classes, random: Random): Samples {
	const normal = normalsOf(random);
	const { distance, probability } = linkOf(world);
	const truth = Float64Array.from({ length: world.rows }, () =>
		Number(random.next() < world.prevalence),
	);
	const [model, baseline] = twoSystems(world, normal).map((system) =>
		system.map((noise) =>
			noise.map((e, row) => probability(distance * (truth[row] as number) + e)),
		),
	) as [Float64Array[], Float64Array[]];
	return { truth, model, baseline, groups: loose(world.rows) };
}

/** By quadrature: the scores' densities are the rows' weights. */
export function trueOfClasses(metric: MetricName, world: Classes): number {
	const { distance, probability } = linkOf(world);
	const scores = Array.from({ length: 16_000 }, (_, i) => i / 1_000 - 7);
	const [truth, prediction, weights]: number[][] = [[], [], []];
	for (const at of scores)
		for (const label of [0, 1]) {
			truth?.push(label);
			prediction?.push(probability(at));
			weights?.push(
				(label ? world.prevalence : 1 - world.prevalence) *
					Math.exp(-((at - label * distance) ** 2) / 2),
			);
		}
	return METRIC[metric].scorer(
		truth ?? [],
		prediction ?? [],
	)(Float64Array.from(weights ?? []));
}

/** How far apart the classes are, and the probability of the positive one, given a score. */
function linkOf({ rocAuc, prevalence, prior }: Classes) {
	const distance = normalQuantile(rocAuc) * Math.SQRT2;
	const odds = prior === "equal" ? 0 : Math.log(prevalence / (1 - prevalence));
	const probability = (at: number) =>
		1 / (1 + Math.exp(-(odds + distance * at - distance ** 2 / 2)));
	return { distance, probability };
}

export interface Numbers {
	readonly rows: number;
	readonly seeds: number;
	/** Of what no system can know: symmetric, or with a long tail. */
	readonly noise: "normal" | "skewed";
}

export function numberSamples(
	{ rows, seeds, noise }: Numbers,
	random: Random,
): Samples {
	const normal = normalsOf(random);
	const known = Float64Array.from({ length: rows }, () => 1.2 * normal());
	const truth = known.map(
		(x) => x + (noise === "normal" ? normal() : -Math.log(1 - random.next())),
	);
	const bias = noise === "normal" ? 0 : 1;
	const [model, baseline] = twoSystems({ rows, seeds }, normal).map((system) =>
		system.map((off) =>
			off.map((e, row) => (known[row] as number) + bias + 0.5 * e),
		),
	) as [Float64Array[], Float64Array[]];
	return {
		truth,
		model,
		baseline,
		groups: loose(rows),
		terms: { quantile: 0.9 },
	};
}

/** On a million rows, next to which the noise of two thousand is large. */
export function trueOfNumbers(metric: MetricName, world: Numbers): number {
	const { truth, model, terms } = numberSamples(
		{ ...world, rows: 1_000_000, seeds: 1 },
		randomOf(`the truth about ${world.noise}`),
	);
	return score(metric, truth, model[0] ?? [], terms);
}

/** Each row on its own. */
export const loose = (rows: number) =>
	Array.from({ length: rows }, (_, i) => `${i}`);

/** The noise of two systems' predictions, seed by seed; of variance 1 each. */
export function twoSystems(
	{ rows, seeds }: Pick<Numbers, "rows" | "seeds">,
	normal: () => number,
): Float64Array[][] {
	const shared = Float64Array.from({ length: rows }, normal);
	return [0, 1].map(() => {
		const own = Float64Array.from({ length: rows }, normal);
		return Array.from({ length: seeds }, () =>
			own.map(
				(e, row) =>
					Math.sqrt(NOISE.row) * (shared[row] as number) +
					Math.sqrt(NOISE.system) * e +
					Math.sqrt(NOISE.seed) * normal(),
			),
		);
	});
}
