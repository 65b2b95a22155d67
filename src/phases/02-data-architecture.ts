import type { Exploration } from "../reports/data.ts";
import { dataView } from "../views/phases/data.ts";
import { uniteKeyFiles } from "./key-files.ts";
import { definePhase } from "./phase.ts";

/** What each of the three explorers looks at, side by side. */
const ASPECTS = {
	"data-sources":
		"Map where the data comes from: files, tables, loaders, formats, identifiers, how rows relate to each other and to time.",
	"feature-engineering":
		"Trace how features are computed, from raw column to model input: encodings, aggregates, joins, and which rows each of them sees.",
	"preprocessing-and-validation":
		"Find how data is cleaned, split and checked: missing values, types, the train and test split, assertions, existing tests on data.",
} as const;

export const dataArchitecture = definePhase({
	number: 2,
	goal: "Understand the data, the features and the pipelines",
	report: "data",

	async perform({ agents, code }) {
		const aspects = Object.entries(ASPECTS);
		const [profiles, explorations] = await Promise.all([
			code.profiles(),
			agents.inParallel<"exploration">(
				...aspects.map(([name, task]) => ({
					role: "ml-explorer" as const,
					name,
					phase: 2,
					submit: "exploration" as const,
					reads: ["requirements" as const],
					brief: `${task}
Follow the code from end to end and return five to ten key files with the ranges worth reading. Each finding needs the place that shows it. The data_profile tool gives counts made by code; do not count rows yourself.`,
				})),
			),
		]);
		return {
			profiles,
			explorations: aspects.map(([aspect], i) => ({
				aspect,
				exploration: explorations[i] as Exploration,
			})),
			keyFiles: uniteKeyFiles(explorations.map((found) => found.key_files)),
		};
	},

	view: dataView,
});
