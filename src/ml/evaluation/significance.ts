// The contract's own test of the primary metric, where it is not the bootstrap.
import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import type { Comparison, Samples } from "./bootstrap.ts";
import { METRIC } from "./metrics.ts";
import { dieboldMariano } from "./statistics/diebold-mariano.ts";
import { compareRights } from "./statistics/mcnemar.ts";
import { inTimeOrder } from "./time-order.ts";

/** The comparison with p, and with Diebold-Mariano the interval, of the contract's test. */
export function testedBy(
	{ test, primary, alpha }: EvaluationContract,
	samples: Samples,
	comparison: Comparison,
): Comparison {
	if (test === "McNemar")
		return { ...comparison, pValue: compareRights(samples).pValue };
	if (test !== "Diebold-Mariano") return comparison;
	const gains = gainsInTime(primary.metric, samples);
	const { interval, pValue } = dieboldMariano(gains, alpha);
	return { ...comparison, differenceInterval: interval, pValue };
}

/** By how much the model's loss is smaller, at each time: the mean over its rows and all seeds. */
function gainsInTime(
	metric: EvaluationContract["primary"]["metric"],
	{ truth, model, baseline, groups, terms }: Samples,
): number[] {
	const { loss } = METRIC[metric];
	const meanLoss = (seeds: readonly ArrayLike<number>[], row: number) =>
		seeds.reduce(
			(sum, p) =>
				sum +
				(loss?.(truth[row] as number, p[row] as number, row, terms) ??
					Number.NaN),
			0,
		) / seeds.length;
	const rowsAt = Map.groupBy(groups.keys(), (row) => groups[row] as string);
	return inTimeOrder(groups).map((time) => {
		const rows = rowsAt.get(time) ?? [];
		const gain = (row: number) =>
			meanLoss(baseline, row) - meanLoss(model, row);
		return rows.reduce((sum, row) => sum + gain(row), 0) / rows.length;
	});
}
