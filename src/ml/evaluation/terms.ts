// What MASE and the pinball loss take from the contract and the training rows.
import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import { historyOf, placesOf, seriesOf } from "./baselines/naive.ts";
import type { Terms } from "./metrics.ts";
import type { Split } from "./split.ts";
import type { Subject } from "./subject.ts";

export const uses = (
	{ primary, secondary }: EvaluationContract,
	metric: "mase" | "pinball",
) => [primary.metric, ...secondary].includes(metric);

/** Of these rows; `scales` are those of their series. */
export function termsOf(
	subject: Subject,
	{ training }: Split,
	rows: readonly number[],
): Terms {
	const { contract } = subject;
	return {
		...(contract.quantile === undefined ? {} : { quantile: contract.quantile }),
		...(uses(contract, "mase")
			? { scales: scalesOf(subject, training, rows) }
			: {}),
	};
}

/** The mean absolute difference of labels one season (or one time) apart, in training. */
function scalesOf(
	subject: Subject,
	training: readonly number[],
	rows: readonly number[],
): Float64Array {
	const { season = 1 } = subject.contract;
	const [names, places] = [seriesOf(subject), placesOf(subject)];
	const scales = new Map(
		[...Map.groupBy(training, (row) => names[row] as string)].map(
			([name, its]) => {
				const { at } = historyOf(its, subject.truth, places);
				const steps = [...at].flatMap(([place, label]) => {
					const before = at.get(place - season);
					return before === undefined ? [] : [Math.abs(label - before)];
				});
				return [name, meanOf(steps)];
			},
		),
	);
	const strange = meanOf([...scales.values()].filter(Number.isFinite));
	return Float64Array.from(
		rows,
		(row) => scales.get(names[row] as string) || strange,
	);
}

const meanOf = (values: readonly number[]) =>
	values.reduce((a, b) => a + b, 0) / values.length;
