import { digestOf } from "../../../run/digest.ts";
import { compareSystems, median } from "../bootstrap.ts";
import { improvement, METRIC, score } from "../metrics.ts";
import type { Bench, SystemPredictions } from "../run-systems.ts";
import { samplesOf } from "../samples.ts";
import { slicesOf } from "../slices.ts";
import { check, notApplicable, type SanityCheck, short } from "./check.ts";

const NAME = "no slice surely worse";

/** Better on the whole is not better for everybody. As many slices as are looked at, as much surer one has to be. */
export function worstSlice(
	bench: Bench,
	predictions: SystemPredictions,
): SanityCheck {
	const { contract } = bench.subject;
	const { metric } = contract.primary;
	const slices = slicesOf(bench.subject, bench.split);
	const compared = slices
		.map(({ column, value, places }) => {
			const samples = samplesOf(bench, predictions, places);
			const { truth, model, baseline, terms } = samples;
			const of = (systems: typeof model) =>
				median(systems.map((p) => score(metric, truth, p, terms)));
			const gain = improvement(metric, of(model), of(baseline));
			return { name: `${column} = ${value}`, samples, gain };
		})
		.filter(({ gain }) => Number.isFinite(gain))
		.sort((a, b) => a.gain - b.gain);
	const [worst] = compared;
	if (!worst)
		return notApplicable(
			NAME,
			contract.slices.length
				? "no slice is large enough to be compared"
				: "the contract names no slices",
		);
	const { value, baseline, difference, differenceInterval } = compareSystems(
		metric,
		worst.samples,
		{
			alpha: contract.alpha / compared.length,
			key: `${worst.name} ${digestOf(contract)}`,
		},
	);
	const [low, high] = differenceInterval;
	return {
		...check(
			NAME,
			!(high < 0),
			`of ${compared.length} slices the model gains least where ${worst.name}: ${METRIC[metric].title} ${short(value)} against ${short(baseline)}, better by ${short(difference)} [${short(low)}, ${short(high)}]`,
		),
		ofData: true,
	};
}
