import { showData } from "../agents/prompt/show-data.ts";
import { fence } from "../agents/prompt/untrusted.ts";
import {
	DATA_PARTS,
	type DataArchitecture,
	type DataSummary,
	type Exploration,
} from "../reports/data.ts";
import { dataView } from "../views/phases/data.ts";
import { quoteExcerpts, uniteKeyFiles } from "./key-files.ts";
import { definePhase } from "./phase.ts";
import { together } from "./together.ts";

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

	async perform({ agents, code, before }) {
		const aspects = Object.entries(ASPECTS);
		const [profiles, found] = await together(
			code.profiles(),
			agents.inParallel<"exploration">(
				...aspects.map(([name, task]) => ({
					role: "ml-explorer" as const,
					name,
					phase: 2,
					submit: "exploration" as const,
					brief: `${task}
Follow the code from end to end and return five to ten key files with the ranges worth reading. Each finding needs the place that shows it. The data_profile tool gives counts made by code; do not count rows yourself.`,
				})),
			),
		);
		const explorations = aspects.map(([aspect], i) => ({
			aspect,
			exploration: found[i] as Exploration,
		}));

		const lists = found.map((exploration) => exploration.key_files);
		const excerpts = await code.excerpts([
			...before.requirements.keyFiles,
			...lists.flat(),
		]);
		const summary = await agents.one({
			role: "ml-explorer",
			name: "data-architecture",
			phase: 2,
			submit: "data_architecture",
			brief: `Three explorers looked at this repository side by side. Sum up its data architecture in four parts: data sources and formats, feature engineering patterns, preprocessing pipelines, data validation approaches.
The lines that they and the first phase named as worth reading follow, or stand in the files above. What those lines show goes before what an explorer says of them; where the two differ, say so. Name in each part what is not there. You hardly need to read more.

${fence("report", 'name="explorations"', showData(explorations.map(findingsOf)))}

${quoteExcerpts(excerpts)}`,
		});

		return {
			profiles,
			explorations,
			keyFiles: uniteKeyFiles(lists),
			read: excerpts.map(({ text: _, packed: __, ...excerpt }) => excerpt),
			architecture: withEvidence(summary),
		};
	},

	view: dataView,
});

/** An exploration without its key files: those follow as text. */
function findingsOf({
	aspect,
	exploration: { key_files: _, ...found },
}: {
	aspect: string;
	exploration: Exploration;
}) {
	return { aspect, ...found };
}

/** Each part with the places that show it. */
const withEvidence = ({ evidence, ...summaries }: DataSummary) =>
	Object.fromEntries(
		DATA_PARTS.map((part) => [
			part,
			{
				summary: summaries[part],
				evidence: evidence
					.filter((place) => place.part === part)
					.map(({ path, line }) => ({ path, line })),
			},
		]),
	) as DataArchitecture;
