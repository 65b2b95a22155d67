// What the model is compared with besides the repository's own: computed here, on the same split.
import type { RivalName } from "../../../reports/evaluation-plan.ts";
import type { Split } from "../split.ts";
import type { Subject } from "../subject.ts";
import { dummyOf } from "./dummy.ts";
import { linearOf } from "./linear.ts";
import { naiveOf, seasonalNaiveOf } from "./naive.ts";

export interface Baseline {
	readonly name: Exclude<RivalName, "existing model">;
	/** Of the held-out rows. */
	readonly values: Float64Array;
}

/** Those that fit the contract and its table; the dummy always does. */
export function ownBaselines(subject: Subject, split: Split): Baseline[] {
	const { contract } = subject;
	const { season } = contract;
	const isForecast =
		contract.split.kind === "time" && contract.task === "regression";
	// A line through the mean is no quantile's.
	const linear =
		contract.primary.metric === "pinball"
			? undefined
			: linearOf(subject, split);
	return [
		{
			name: "dummy",
			values: dummyOf(subject, split.training, split.heldOut.length),
		},
		...(isForecast
			? [{ name: "naive", values: naiveOf(subject, split) } as const]
			: []),
		...(isForecast && season
			? [
					{
						name: "seasonal naive",
						values: seasonalNaiveOf(subject, split, season),
					} as const,
				]
			: []),
		...(linear ? [{ name: "linear", values: linear } as const] : []),
	];
}
