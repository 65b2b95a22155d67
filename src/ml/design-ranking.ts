// Which design to recommend: decided by numbers the designs state, not by a model.
import type { Design, DesignCheck } from "../reports/designs.ts";
import type { ProblemAnalysis } from "../reports/requirements.ts";
import type { Risk } from "../reports/risks.ts";
import type { Approach } from "../reports/workflow.ts";

export interface RankingInput {
	readonly designs: readonly Design[];
	readonly factCheck: DesignCheck;
	readonly risks: readonly Risk[];
	readonly problemType: ProblemAnalysis["problem_type"];
}

export interface Recommendation {
	readonly recommended: Approach;
	readonly reasons: string[];
}

/** For these the expected metric is an error: less is better. */
const ERROR_METRIC = new Set(["regression", "forecasting"]);
/** A full step in cost is worth half a full step in expected performance. */
const COST_WEIGHT = 0.5;
/** Each serious risk left open weighs as much as the whole range of performance. */
const RISK_WEIGHT = 1;

/** Utility = performance gain - cost - open serious risks; unsound designs come last. */
export function recommendDesign(input: RankingInput): Recommendation {
	const { designs, factCheck, risks, problemType } = input;
	const sign = ERROR_METRIC.has(problemType) ? -1 : 1;
	const middle = ({ expected_metric: { low, high } }: Design) =>
		(sign * (low + high)) / 2;
	const gain = scaled(designs.map(middle));
	const effort = scaled(designs.map(costOf));
	const serious = risks
		.filter(({ severity }) => severity === "critical" || severity === "high")
		.map(({ id }) => id);

	const ranked = designs
		.map((design, i) => {
			const open = serious.filter((id) => !design.risks_addressed.includes(id));
			const verdict = factCheck.verdicts.find(
				(v) => v.approach === design.approach,
			);
			return {
				design,
				open,
				sound: verdict?.sound ?? true,
				utility:
					(gain[i] ?? 0) -
					COST_WEIGHT * (effort[i] ?? 0) -
					RISK_WEIGHT * (open.length / Math.max(1, serious.length)),
			};
		})
		.sort((a, b) => Number(b.sound) - Number(a.sound) || b.utility - a.utility);

	const best = ranked[0];
	if (!best) throw new Error("there is no design to rank");
	const { design, open, sound } = best;
	return {
		recommended: design.approach,
		reasons: [
			`${design.name}: expected ${design.expected_metric.low} to ${design.expected_metric.high} (${design.expected_metric.source}).`,
			`It costs ${design.resources.training_minutes} min of training and about ${design.lines_of_code} lines; interpretability is ${design.interpretability}.`,
			open.length === 0
				? "It mitigates every critical and high risk of phase 3."
				: `It leaves open: ${open.join(", ")}.`,
			sound
				? "The data scientist's fact-check found its claims sound."
				: "The fact-check doubts it, as it does the others.",
		],
	};
}

const OPACITY = { high: 0, medium: 1, low: 2 } as const;

/** One number for complexity: lines, minutes (on a log scale), a GPU, opacity. */
const costOf = ({ lines_of_code, resources, interpretability }: Design) =>
	lines_of_code / 100 +
	Math.log2(1 + resources.training_minutes) +
	(resources.gpu ? 3 : 0) +
	OPACITY[interpretability];

/** Values mapped linearly to 0..1; all 0 when they are equal. */
function scaled(values: readonly number[]): number[] {
	const low = Math.min(...values);
	const range = Math.max(...values) - low;
	return values.map((value) => (range === 0 ? 0 : (value - low) / range));
}
