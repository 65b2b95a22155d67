// Two questions to one more training: is it repeatable, and does it look at its inputs?
import type { Runner } from "../../../workspace/runners/runner.ts";
import { improvement, METRIC, score } from "../metrics.ts";
import { hideInputs } from "../probes.ts";
import {
	type Bench,
	predictAll,
	type SystemPredictions,
} from "../run-systems.ts";
import { termsOf } from "../terms.ts";
import { tablePath } from "../trials.ts";
import { featuresOf } from "../withhold.ts";
import {
	check,
	notApplicable,
	notRun,
	type SanityCheck,
	short,
	trialOf,
} from "./check.ts";

export async function sameSeedAndBlind(
	bench: Bench,
	{ model }: SystemPredictions,
): Promise<SanityCheck[]> {
	const { subject, split } = bench;
	const { contract, truth } = subject;
	const names = ["same seed, same predictions", "worse without its inputs"];
	const features = tablePath("features", contract);
	const blind = tablePath("blind-features", contract);
	const files = new Map(bench.tree.files)
		.set(features, featuresOf(subject, split.heldOut))
		.set(blind, featuresOf(subject, split.heldOut, hideInputs(subject, split)));
	const ran = await predictAll(
		bench,
		files,
		[
			trialOf("again", bench, contract.data, [
				{ name: "again", features },
				{ name: "blind", features: blind },
			]),
		],
		split.heldOut,
	);
	if ("fault" in ran) return names.map((name) => notRun(name, ran.fault));
	const [repeated, blinded] = ran.values as [Float64Array, Float64Array];
	const [first] = model as [Float64Array];
	const metric = contract.primary.metric;
	const terms = termsOf(subject, split, split.heldOut);
	const labels = split.heldOut.map((row) => truth[row] as number);
	const [seeing, unseeing] = [
		score(metric, labels, repeated, terms),
		score(metric, labels, blinded, terms),
	];
	return [
		check(
			names[0] as string,
			isRepeated(repeated, first, bench.runner),
			`trained twice with seed ${contract.seeds[0]}; the predictions were compared ${machinesDiffer(bench.runner) ? "to a thousandth, since they may come from two machines" : "digit by digit"}`,
		),
		// The id stays as it is; where it is the time, a forecast has all it needs.
		contract.split.kind === "time" && contract.id === contract.split.group
			? notApplicable(
					names[1] as string,
					`the id ${contract.id} is the time itself, which a forecast goes by`,
				)
			: check(
					names[1] as string,
					improvement(metric, seeing, unseeing) > 0,
					`${METRIC[metric].title} ${short(seeing)} with the features, ${short(unseeing)} with the same features for every row`,
				),
	];
}

/** Two jobs of the repository's own runners may meet two processors, which round otherwise. */
const machinesDiffer = ({ name }: Pick<Runner, "name">) => name === "actions";

export function isRepeated(
	again: Float64Array,
	first: Float64Array,
	runner: Pick<Runner, "name">,
): boolean {
	const most = machinesDiffer(runner) ? 1e-3 : 0;
	return again.every((value, i) => {
		const before = first[i] ?? Number.NaN;
		const size = Math.max(1, Math.abs(before));
		return Math.abs(value - before) <= most * size;
	});
}
