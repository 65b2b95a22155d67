// Phase 5: how the model is trained.
import type { Reports } from "../../reports/reports.ts";
import { clean, cleanLine } from "../clean.ts";
import type { PhaseView } from "../phase-view.ts";
import { table } from "../table.ts";
import type { About } from "./about.ts";

export function pipelineView(
	{ pipeline }: Reports["pipeline"],
	_: About,
): PhaseView {
	const rows: [string, string][] = [
		["experiment tracking", pipeline.experiment_tracking],
		["data loading", pipeline.data_loading],
		["checkpoints", pipeline.checkpointing],
		["reproducibility", pipeline.reproducibility],
		["resources", pipeline.resources],
		["distribution", pipeline.distribution],
		["orchestration", pipeline.orchestration],
	];
	const parameters = pipeline.hyperparameters.map(({ name, value }) => [
		cleanLine(name),
		cleanLine(value),
	]);
	return {
		summary: [
			clean(pipeline.summary),
			table(
				["part", "design"],
				rows.map(([part, design]) => [part, cleanLine(design)]),
			),
		].join("\n\n"),
		details: [
			{ title: "Steps and files", markdown: clean(pipeline.structure) },
			...(parameters.length
				? [
						{
							title: "Hyper-parameters",
							markdown: table(["name", "value"], parameters),
						},
					]
				: []),
		],
	};
}
