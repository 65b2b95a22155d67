// A label of three classes, of which two systems give calibrated probabilities.
import type { Samples } from "../../src/ml/evaluation/bootstrap.ts";
import { score } from "../../src/ml/evaluation/metrics.ts";
import { type Random, randomOf } from "../../src/ml/evaluation/random.ts";
import type { MetricName } from "../../src/reports/evaluation-plan.ts";
import { loose, type Numbers, normalsOf, twoSystems } from "./worlds.ts";

export type Kinds = Pick<Numbers, "rows" | "seeds">;

const SHARES = [0.5, 0.35, 0.15];
/** By how much a class's own score is higher, in standard deviations. */
const DISTANCE = 1.2;

export function kindSamples(world: Kinds, random: Random): Samples {
	const normal = normalsOf(random);
	const truth = Float64Array.from({ length: world.rows }, () =>
		drawKind(random.next()),
	);
	const noises = SHARES.map(() => twoSystems(world, normal));
	const [model, baseline] = [0, 1].map((system) =>
		Array.from({ length: world.seeds }, (_, seed) =>
			probabilities(
				truth,
				noises.map((noise) => noise[system]?.[seed] as Float64Array),
			),
		),
	) as [Float64Array[], Float64Array[]];
	return { truth, model, baseline, groups: loose(world.rows) };
}

export function trueOfKinds(metric: MetricName): number {
	const { truth, model } = kindSamples(
		{ rows: 500_000, seeds: 1 },
		randomOf("the truth about three classes"),
	);
	return score(metric, truth, model[0] ?? []);
}

function drawKind(share: number): number {
	const [first = 0, second = 0] = SHARES;
	return Number(share >= first) + Number(share >= first + second);
}

/** Of every class, row after row, by Bayes' rule. */
function probabilities(
	truth: Float64Array,
	noises: readonly Float64Array[],
): Float64Array {
	const width = SHARES.length;
	const all = new Float64Array(truth.length * width);
	for (const [row, label] of truth.entries()) {
		const odds = SHARES.map((share, kind) => {
			const at =
				DISTANCE * Number(kind === label) + (noises[kind]?.[row] as number);
			return share * Math.exp(DISTANCE * at);
		});
		const sum = odds.reduce((a, b) => a + b, 0);
		for (const [kind, odd] of odds.entries())
			all[row * width + kind] = odd / sum;
	}
	return all;
}
