import { median } from "../bootstrap.ts";
import { improvement, METRIC, score } from "../metrics.ts";
import type { Bench, SystemPredictions } from "../run-systems.ts";
import { samplesOf } from "../samples.ts";
import { check, type SanityCheck, short } from "./check.ts";

/** What is gained should not depend on the luck of a seed. */
export function seedSpread(
	bench: Bench,
	predictions: SystemPredictions,
): SanityCheck {
	const { metric } = bench.subject.contract.primary;
	const { truth, model, baseline, terms } = samplesOf(bench, predictions);
	const of = (systems: typeof model) =>
		systems.map((p) => score(metric, truth, p, terms));
	const [values, rival] = [of(model), median(of(baseline))];
	const gains = values.map((value) => improvement(metric, value, rival));
	const [least, most] = [Math.min(...gains), Math.max(...gains)];
	return {
		...check(
			"seeds agree",
			least > 0 || most <= 0,
			`${METRIC[metric].title} from ${short(Math.min(...values))} to ${short(Math.max(...values))} over ${values.length} seeds; ${least > 0 ? "each is better than" : most <= 0 ? "none is better than" : "some are better than, others not,"} what it is compared with (${short(rival)})`,
		),
		ofData: true,
	};
}
