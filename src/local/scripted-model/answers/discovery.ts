// Phases 1 to 3 as the scripted agents play them on the sample.
import { call, think } from "../server/reply.ts";
import type { Rule } from "../server/rules.ts";
import { script } from "../server/script.ts";
import {
	COLUMNS_FILE,
	columnsIn,
	hitsIn,
	keyFile,
	placeOf,
	viewed,
} from "./clues.ts";

const lookAround = [
	think("First the layout, the columns' roles and where things are defined."),
	call("glob", { pattern: "**/*.py" }),
	call("view", { path: COLUMNS_FILE }),
	call("grep", { pattern: "^(class|def) ", path: "churn" }),
	call("data_profile", {}),
];

/** The module that prepares rows: whatever imports the group-wise split. */
const findPreparation = call("grep", {
	pattern: "import split_by_group",
	path: "churn",
});

const problemAnalysis = script(
	"phase 1: problem analysis",
	{ assignment: "problem-analysis" },
	[
		() => [...lookAround, call("view", { path: "README.md" })],
		({ calls }) => {
			const hits = hitsIn(calls);
			const { label, group, late } = columnsIn(calls);
			return [
				call("submit_problem_analysis", {
					problem_type: "binary classification",
					summary: `Rank customers by the probability that \`${label}\` turns true within the next month, scored in a weekly batch so that the retention team calls the right eighty. A missed customer costs about ten times a needless call, so the top of the ranking matters, not the average customer.`,
					answers: [
						{
							topic: "problem",
							answer: "Binary classification, used as a ranking",
							source: "issue",
						},
						{
							topic: "data",
							answer: `data/customers.csv, one row per customer and month; ${group} repeats`,
							source: "issue",
						},
						{
							topic: "success metrics",
							answer:
								"PR-AUC on unseen customers; recall 0.60 at precision 0.30 wished for",
							source: "issue",
						},
						{
							topic: "deployment target",
							answer: "Weekly batch that writes a CSV",
							source: "issue",
						},
						{
							topic: "constraints",
							answer:
								"Python standard library only; a few minutes on a small machine",
							source: "issue",
						},
					],
					open_questions: [
						{
							question: `Is ${late} known on the day customers are scored?`,
							blocking: false,
							safe_reading: "no: the model does without it",
						},
					],
					current_state:
						"A logistic baseline on three columns, a loader with typed rows, a split by customer and hand-written metrics, all covered by unittest. There is no experiment tracking and no model file; the baseline is trained and judged in one script.",
					key_files: [
						keyFile(placeOf(hits, /baseline\.py$/), "The model to beat", 40),
						keyFile(
							placeOf(hits, /loader\.py$/),
							"How rows are read and typed",
						),
						keyFile(
							placeOf(hits, /split\.py$/),
							"Customers never stand on both sides",
							12,
						),
						keyFile(
							placeOf(hits, /metrics\.py$/),
							"PR-AUC as the team counts it",
						),
						keyFile(
							placeOf(hits, /evaluate\.py$/),
							"Where the baseline is judged",
						),
					],
				}),
			];
		},
	],
);

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
			const preparation = hits.find((hit) => /split_by_group/.test(hit.text));
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
		[/test_loader\.py$|loader\.py$/, "What the team promises about rows"],
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

const risks = script(
	"phase 3: leakage, shift, bias",
	{ assignment: "leakage-shift-bias" },
	[
		() => [...lookAround, findPreparation],
		({ calls }) => {
			const hits = hitsIn(calls);
			const preparation = hits.find((hit) => /split_by_group/.test(hit.text));
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

export const discovery: Rule[] = [
	problemAnalysis,
	dataSources,
	featureEngineering,
	preprocessing,
	risks,
	dataQuality,
];
