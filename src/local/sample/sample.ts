// The demo's repository and its task: a small team's churn prediction, drawn anew
// for each seed, with one mistake in it that a review ought to find.
import { readdirSync, readFileSync } from "node:fs";
import { type Drawn, drawCustomers } from "./customers.ts";
import { type Issue, writeIssue } from "./issue.ts";
import { type Names, nth, pickNames } from "./names.ts";
import { rowId, writeTable } from "./table.ts";

export { DEFAULT_SEED } from "./names.ts";

export interface Sample {
	/** The repository's short name. */
	readonly name: string;
	/** Repository path to text. */
	readonly files: Record<string, string>;
	readonly issue: Issue;
	readonly truth: Truth;
}

/** What nobody in the story may know: for tests and for judging the outcome. */
export interface Truth {
	readonly names: Names;
	readonly leak: Leak;
	readonly rows: number;
	readonly customers: number;
	/** Share of rows whose label is 1. */
	readonly positiveShare: number;
	/** Row id to the probability its label was drawn with. */
	readonly probabilities: Readonly<Record<string, number>>;
}

/** A category encoded with label means of the whole table, before the split. */
export interface Leak {
	readonly path: string;
	readonly function: string;
	/** 1-based lines of the leaking function. */
	readonly startLine: number;
	readonly endLine: number;
}

// The module the leak stands in, and the function that is to blame.
const PLACES = [
	{ module: "features", leaking: "add_{{category}}_rate" },
	{ module: "prepare", leaking: "attach_{{category}}_share" },
	{ module: "dataset", leaking: "score_{{category}}" },
] as const;

export function buildSample(seed: number): Sample {
	const names = pickNames(seed);
	const { module, leaking } = nth(PLACES, seed);
	const words = { ...names, module, seed: String(seed) };
	const path = `churn/${module}.py`;
	const leakText = fill(read(`leak-places/${module}.py`), words);
	const table = drawCustomers(seed);

	const files: Record<string, string> = {
		"data/customers.csv": writeTable(table, names, seed),
		[path]: leakText,
	};
	for (const file of repositoryPaths())
		files[file] = fill(read(`repository/${file}`), words);

	return {
		name: "churn",
		files: Object.fromEntries(
			Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)),
		),
		issue: writeIssue(names),
		truth: {
			names,
			leak: { path, ...locate(leakText, fill(leaking, words)) },
			...measure(table),
		},
	};
}

const HERE = new URL("./", import.meta.url);

const read = (path: string) => readFileSync(new URL(path, HERE), "utf8");

function repositoryPaths(): string[] {
	return readdirSync(new URL("repository/", HERE), { recursive: true })
		.map((path) => String(path).replaceAll("\\", "/"))
		.filter((path) => /\.(py|md|toml)$/.test(path));
}

/** Puts the seed's words in place of {{role}}. */
function fill(template: string, words: Readonly<Record<string, string>>) {
	return template.replace(/\{\{(\w+)\}\}/g, (_, role: string) => {
		const word = words[role];
		if (word === undefined)
			throw new Error(`The sample's templates name {{${role}}}: no such word.`);
		return word;
	});
}

function locate(text: string, name: string): Omit<Leak, "path"> {
	const lines = text.split("\n");
	const start = lines.findIndex((line) => line.startsWith(`def ${name}(`));
	const length = lines.slice(start).indexOf("");
	return { function: name, startLine: start + 1, endLine: start + length };
}

function measure(table: readonly Drawn[]) {
	return {
		rows: table.length,
		customers: new Set(table.map((row) => row.observation.customer)).size,
		positiveShare:
			table.reduce((sum, row) => sum + row.label, 0) / table.length,
		probabilities: Object.fromEntries(
			table.map((row, position) => [rowId(position), row.probability]),
		),
	};
}
