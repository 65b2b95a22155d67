import type { EvaluationResult } from "../../reports/results.ts";
import { digestOf } from "../../run/digest.ts";
import { type Comparison, compareSystems, type Samples } from "./bootstrap.ts";
import type { Bench } from "./run-systems.ts";

/** Of resamples, for a standard error; fewer on large tables. */
const [FEWEST, ENOUGH] = [200, 1_000];
const MOST_VISITS = 20_000_000;

/** Every baseline beside the model, by the primary metric on the same rows; what has no value there is left out. */
export function scoreSystems(
	{ subject: { contract }, baselines }: Bench,
	samples: Samples,
	{ value, interval }: Comparison,
): EvaluationResult["systems"] {
	const { metric, against = "existing model" } = contract.primary;
	const most = Math.floor(MOST_VISITS / samples.truth.length);
	const options = {
		...{ alpha: contract.alpha, key: digestOf(contract) },
		replicates: Math.max(FEWEST, Math.min(ENOUGH, most)),
	};
	const scored = (name: string, values: Samples["model"]) => {
		const its = { ...samples, model: values, baseline: values };
		const { value, interval } = compareSystems(metric, its, options);
		return { name, value, interval };
	};
	return [
		...baselines.map(({ name, values }) => scored(name, [values])),
		...(against === "existing model"
			? [scored("existing baseline", samples.baseline)]
			: []),
		{ name: "this model", value, interval },
	]
		.filter(({ value }) => Number.isFinite(value))
		.map(({ name, value, interval }) => ({
			...{ name, value },
			...(interval.every(Number.isFinite) ? { interval } : {}),
		}));
}
