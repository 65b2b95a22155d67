// Phase 2 as the scripted explorers play it on the sample.
import { call } from "../server/reply.ts";
import type { Rule } from "../server/rules.ts";
import { script } from "../server/script.ts";
import {
	COLUMNS_FILE,
	columnsIn,
	excerptsIn,
	hitsIn,
	keyFile,
	placeOf,
} from "./clues.ts";
import { findPreparation, lookAround } from "./looking.ts";

type Topic =
	| "data source"
	| "feature engineering"
	| "preprocessing"
	| "data validation";

interface Fact {
	topic: Topic;
	text: string;
	in: RegExp;
}

interface View {
	summary: string;
	facts: Fact[];
	keyFiles: [RegExp, string][];
	unknowns: string[];
}

/** One explorer of phase 2: looks around, then reports what `tell` makes of it. */
function explorer(
	assignment: string,
	tell: (columns: ReturnType<typeof columnsIn>, preparation: string) => View,
): Rule {
	return script(`phase 2: ${assignment}`, { assignment }, [
		() => [...lookAround, findPreparation],
		({ calls }) => {
			const hits = hitsIn(calls);
			const preparation = hits.find((hit) =>
				/import split_by_group/.test(hit.text),
			);
			const path = preparation?.path ?? "churn/split.py";
			const view = tell(columnsIn(calls), path);
			return [
				call("submit_exploration", {
					summary: view.summary,
					findings: view.facts.map((fact) => {
						const hit = placeOf(hits, fact.in);
						return {
							topic: fact.topic,
							text: fact.text,
							evidence: { path: hit.path, line: hit.line },
						};
					}),
					key_files: view.keyFiles.map(([file, why]) =>
						keyFile(placeOf(hits, file), why),
					),
					unknowns: view.unknowns,
				}),
			];
		},
	]);
}

const exact = (path: string) => new RegExp(`^${path.replaceAll(".", "\\.")}$`);

const dataSources = explorer("data-sources", ({ id, group, label }) => ({
	summary: `One table feeds everything: \`data/customers.csv\`, a monthly snapshot per customer. \`${id}\` names a row, \`${group}\` the customer; \`${label}\` says whether the customer was lost in the month after the snapshot. There is no second source and no incremental load.`,
	facts: [
		{
			topic: "data source",
			text: `A CSV with a header is read whole; columns that are missing raise TableError`,
			in: /loader\.py$/,
		},
		{
			topic: "data source",
			text: `Snapshots of one ${group} repeat over months; the customer leaves the table after ${label}`,
			in: /split\.py$/,
		},
		{
			topic: "data validation",
			text: "The loader checks that the columns exist, not their ranges",
			in: /loader\.py$/,
		},
	],
	keyFiles: [
		[/loader\.py$/, "The only way into the data"],
		[/split\.py$/, "How customers are kept together"],
		[/evaluate\.py$/, "The consumer of the prepared rows"],
		[/baseline\.py$/, "Which columns today's model takes"],
		[/metrics\.py$/, "What the label is counted for"],
	],
	unknowns: ["Whether the export is complete for the newest month"],
}));

const featureEngineering = explorer(
	"feature-engineering",
	({ rated, late }, preparation) => ({
		summary: `Features are the raw columns plus one derived number: the label rate of \`${rated}\`. It is computed in \`${preparation}\` over all rows that are passed in, and only then are rows split. \`${late}\` comes from another export and may be written after the scoring day.`,
		facts: [
			{
				topic: "feature engineering",
				text: `The rate of ${rated} is the mean label of its rows, written back onto the same rows`,
				in: exact(preparation),
			},
			{
				topic: "feature engineering",
				text: "The baseline standardises its columns with statistics of the rows it is fitted on",
				in: /baseline\.py$/,
			},
			{
				topic: "preprocessing",
				text: "Missing numbers stand at the mean after standardising",
				in: /baseline\.py$/,
			},
		],
		keyFiles: [
			[exact(preparation), "Where the derived feature is computed"],
			[/baseline\.py$/, "The features in use today"],
			[/split\.py$/, "The split that follows"],
			[/metrics\.py$/, "How ranking quality is counted"],
			[/evaluate\.py$/, "Who asks for the features"],
		],
		unknowns: [`On which day ${late} is written`],
	}),
);

const preprocessing = explorer(
	"preprocessing-and-validation",
	({ group }, preparation) => ({
		summary: `Rows are typed by the loader, enriched in \`${preparation}\` and split by \`${group}\` with a seed. Validation stops at column names; the tests cover parsing, the split and the metrics, not the order of enrichment and split.`,
		facts: [
			{
				topic: "preprocessing",
				text: `The split keeps all rows of one ${group} on one side`,
				in: /split\.py$/,
			},
			{
				topic: "preprocessing",
				text: "Enrichment happens before the split, on all rows",
				in: exact(preparation),
			},
			{
				topic: "data validation",
				text: "Empty numbers become None and empty categories 'unknown'",
				in: /loader\.py$/,
			},
			{
				topic: "data validation",
				text: "A metric without a positive label raises ValueError",
				in: /metrics\.py$/,
			},
		],
		keyFiles: [
			[exact(preparation), "Order of enrichment and split"],
			[/loader\.py$/, "Typing and missing values"],
			[/split\.py$/, "The group-wise split"],
			[/metrics\.py$/, "Checks on labels"],
			[/evaluate\.py$/, "The whole path in one place"],
		],
		unknowns: [],
	}),
);

/** Writes the four parts from the key files that stand in its prompt. */
const architecture = script(
	"phase 2: data architecture",
	{ assignment: "data-architecture" },
	[
		() => [call("view", { path: COLUMNS_FILE }), findPreparation],
		({ calls, system, brief }) => {
			const { group, label, rated, late } = columnsIn(calls);
			const lines = excerptsIn(`${system}
${brief}`);
			const at = (part: string, path: RegExp) => {
				const { path: found, line } = placeOf(lines, path);
				return { part, path: found, line };
			};
			const preparation =
				hitsIn(calls).find(({ text }) => /import split_by_group/.test(text))
					?.path ?? "churn/split.py";
			return [
				call("submit_data_architecture", {
					data_sources: `One CSV file with a header, read whole by the loader: a snapshot per customer and month. \`${group}\` names the customer and may repeat, \`${label}\` is the label. No second source, no incremental load.`,
					feature_engineering: `Raw columns plus the label rate of \`${rated}\`, computed in \`${preparation}\` over all rows it is given. \`${late}\` may be written after the scoring day.`,
					preprocessing: `Rows are typed by the loader, enriched in \`${preparation}\`, then split by \`${group}\` with a seed: the enrichment comes before the split.`,
					data_validation:
						"The loader checks that columns exist, the metrics that a positive label does. Ranges, duplicates and the order of enrichment and split are checked nowhere.",
					evidence: [
						at("data_sources", /loader\.py$/),
						at("feature_engineering", exact(preparation)),
						at("feature_engineering", /baseline\.py$/),
						at("preprocessing", exact(preparation)),
						at("preprocessing", /split\.py$/),
						at("data_validation", /loader\.py$/),
						at("data_validation", /metrics\.py$/),
					],
				}),
			];
		},
	],
);

export const explorers: Rule[] = [
	dataSources,
	featureEngineering,
	preprocessing,
	architecture,
];
