// Phase 3 as the scripted explorer and data scientist play it on the sample.
import { call } from "../server/reply.ts";
import type { Rule } from "../server/rules.ts";
import { script } from "../server/script.ts";
import { columnsIn, hitsIn, placeOf, viewed } from "./clues.ts";
import { findPreparation, lookAround } from "./looking.ts";

const risks = script(
	"phase 3: leakage, shift, bias",
	{ assignment: "leakage-shift-bias" },
	[
		() => [...lookAround, findPreparation],
		({ calls }) => {
			const hits = hitsIn(calls);
			const preparation = hits.find((hit) =>
				/import split_by_group/.test(hit.text),
			);
			return [
				call("view", { path: preparation?.path ?? "churn/split.py" }),
				call("grep", { pattern: "ARRIVES_LATE", path: "churn" }),
			];
		},
		({ calls }) => {
			const hits = hitsIn(calls);
			const { late, rated, group } = columnsIn(calls);
			const arrivesLate = placeOf(
				hits.filter((hit) => /ARRIVES_LATE/.test(hit.text)),
				/columns\.py$/,
			);
			const split = placeOf(hits, /churn\/split\.py$/);
			const evaluate = placeOf(hits, /evaluate\.py$/);
			return [
				call("submit_risks", {
					summary: `The derived rate of ${rated} sees the labels of held-out customers, so today's figures flatter every model that uses it. ${late} may not be known on the scoring day. Everything else is ordinary care.`,
					risks: [
						{
							title: `${late} may be written after the scoring day`,
							class: "data leakage",
							severity: "high",
							path: arrivesLate.path,
							line: arrivesLate.line,
							mitigation: `Leave ${late} out until its timing is confirmed`,
							design_demand: `Do not use ${late} as a feature`,
						},
						{
							title:
								"Prices and plans change over time; old months describe another offer",
							class: "distribution shift",
							severity: "medium",
							path: evaluate.path,
							line: evaluate.line,
							mitigation:
								"Report the metric by month and watch the score distribution",
							design_demand: "Show slices and monitor drift of the scores",
						},
						{
							title: "The figure depends on one random split",
							class: "reproducibility",
							severity: "medium",
							path: split.path,
							line: split.line,
							mitigation: `Fix the split by ${group} beforehand and train with several seeds`,
							design_demand: "Three seeds, one pre-registered split",
						},
					],
				}),
			];
		},
	],
);

const dataQuality = script(
	"phase 3: data quality",
	{ assignment: "data-quality" },
	[
		() => [...lookAround, call("view", { path: "churn/loader.py" })],
		({ calls }) => {
			const hits = hitsIn(calls);
			const { label, rated } = columnsIn(calls);
			const loader = placeOf(hits, /loader\.py$/);
			const metrics = placeOf(hits, /metrics\.py$/);
			const hasUnknown = viewed(calls, "churn/loader.py").includes("UNKNOWN");
			return [
				call("submit_risks", {
					summary: `The table is clean enough to model: few duplicates, missing values in a handful of columns, and a rare positive class. Small ${rated} groups make any rate noisy.`,
					risks: [
						{
							title: hasUnknown
								? "Missing categories are merged into one 'unknown' value"
								: "Missing categories have no value of their own",
							class: "bias and fairness",
							severity: "low",
							path: loader.path,
							line: loader.line,
							mitigation: "Report the slice of customers with unknown values",
							design_demand: "Keep 'unknown' as its own level",
						},
						{
							title: `Rates of small ${rated} groups are mostly noise`,
							class: "reproducibility",
							severity: "medium",
							path: metrics.path,
							line: metrics.line,
							mitigation: "Shrink each rate towards the overall rate",
							design_demand: `Smooth the encoding of ${rated}`,
						},
						{
							title: `${label} is rare, so accuracy would flatter any model`,
							class: "bias and fairness",
							severity: "low",
							path: metrics.path,
							line: metrics.line,
							mitigation: "Judge by PR-AUC",
							design_demand: "PR-AUC as the primary metric",
						},
					],
				}),
			];
		},
	],
);

export const riskAssessors: Rule[] = [risks, dataQuality];
