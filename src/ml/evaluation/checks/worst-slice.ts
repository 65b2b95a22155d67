import { digestOf } from "../../../run/digest.ts";
import { compareSystems } from "../bootstrap.ts";
import { METRIC } from "../metrics.ts";
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
		.map(({ column, value, places }) => ({
			name: `${column} = ${value}`,
			...compareSystems(metric, samplesOf(bench, predictions, places), {
				alpha: contract.alpha / slices.length,
				key: `slice ${column} ${value} ${digestOf(contract)}`,
			}),
		}))
		.filter(({ differenceInterval }) =>
			differenceInterval.every(Number.isFinite),
		)
		.sort((a, b) => a.difference - b.difference);
	const [worst] = compared;
	if (!worst)
		return notApplicable(
			NAME,
			contract.slices.length
				? "no slice is large enough to be compared"
				: "the contract names no slices",
		);
	const [low, high] = worst.differenceInterval;
	return {
		...check(
			NAME,
			high >= 0,
			`of ${compared.length} slices the model gains least where ${worst.name}: ${METRIC[metric].title} ${short(worst.value)} against ${short(worst.baseline)}, better by ${short(worst.difference)} [${short(low)}, ${short(high)}]`,
		),
		ofData: true,
	};
}
