// `modelwright skills --check`: every skill against the public format and our own
// standard, every fence parsed, put to our rules, and run where it can be.
import {
	fencesIn,
	isProgram,
	type Snippet,
	snippetOf,
} from "../../../skills/fences.ts";
import { parseSkill, type SkillPage } from "../../../skills/parse-skill.ts";
import { FOLDERS, filesOf, readFileOf } from "../../../skills/shelf.ts";
import { parseFault, ruleFault } from "./code-faults.ts";
import { pageFaults } from "./page-faults.ts";
import { countLacking, type Outcome, runPrograms } from "./run-programs.ts";

export interface Tally {
	readonly skills: number;
	/** That follow the public format. */
	readonly valid: number;
	/** With Python in them. */
	readonly fences: number;
	readonly parsed: number;
	/** That are complete programs, wherever they can run. */
	readonly executable: number;
	readonly ran: number;
	readonly passed: number;
	readonly skipped: number;
}

export interface Checked {
	readonly tally: Tally;
	/** What is wrong, each with its place. */
	readonly faults: readonly string[];
	/** Where a page falls short of our standard. */
	readonly shortcomings: readonly string[];
	/** How many programs were not run for want of which library. */
	readonly lacking: ReadonlyMap<string, number>;
	/** Fences that are parsed and no more, by kind. */
	readonly parsedOnly: { readonly bad: number; readonly fragment: number };
}

interface Placed {
	readonly at: string;
	readonly snippet: Snippet;
}

/** `only`: the skills to look at; all when it is empty. */
export async function checkSkills(only: readonly string[]): Promise<Checked> {
	const names = FOLDERS.filter((n) => only.length === 0 || only.includes(n));
	const read = names.map(readAll);
	const placed = read.flatMap(({ name, texts }) => snippetsOf(name, texts));
	const parses = await Promise.all(
		placed.map(({ snippet }) => parseFault(snippet.code)),
	);
	const rules = await Promise.all(
		placed.map(({ snippet }) => ruleFault(snippet)),
	);
	const programs = placed.filter(({ snippet }) => isProgram(snippet));
	const outcomes = await runPrograms(
		programs.map(({ at, snippet }) => ({ ...snippet, name: at })),
	);
	const counted = (state: Outcome["state"]) =>
		outcomes.filter((outcome) => outcome.state === state).length;
	const ofKind = (kind: Snippet["kind"]) =>
		placed.filter(({ snippet }) => snippet.kind === kind).length;
	return {
		tally: {
			skills: names.length,
			valid: read.filter(({ page }) => typeof page !== "string").length,
			fences: placed.length,
			parsed: parses.filter((fault) => !fault).length,
			executable: programs.length,
			ran: counted("passed") + counted("failed"),
			passed: counted("passed"),
			skipped: counted("skipped"),
		},
		faults: [
			...read.flatMap(({ page }) => (typeof page === "string" ? page : [])),
			...told(placed, parses),
			...told(placed, rules),
			...told(
				programs,
				outcomes.map((o) => (o.state === "failed" ? o.output : undefined)),
			),
		],
		shortcomings: [
			...read.flatMap(({ name, page, texts }) =>
				typeof page === "string"
					? []
					: pageFaults({ skill: page, texts }).map((f) => `${name}: ${f}`),
			),
			...twins(
				read.flatMap(({ page }) => (typeof page === "string" ? [] : page)),
			),
		],
		lacking: countLacking(outcomes),
		parsedOnly: { bad: ofKind("bad"), fragment: ofKind("fragment") },
	};
}

interface Read {
	readonly name: string;
	/** In words when it does not follow the format. */
	readonly page: SkillPage | string;
	readonly texts: ReadonlyMap<string, string>;
}

function readAll(name: string): Read {
	const files = ["SKILL.md", ...filesOf(name)];
	const texts = new Map(files.map((file) => [file, readFileOf(name, file)]));
	return { name, texts, page: readPage(name, texts.get("SKILL.md") ?? "") };
}

function readPage(name: string, text: string): Read["page"] {
	try {
		return parseSkill(name, text);
	} catch (error) {
		return (error as Error).message;
	}
}

const snippetsOf = (name: string, texts: Read["texts"]): Placed[] =>
	[...texts]
		.filter(([file]) => file.endsWith(".md"))
		.flatMap(([file, text]) => fencesIn(file, text))
		.flatMap((fence) => {
			const snippet = snippetOf(fence);
			return snippet
				? [{ at: `${name}/${fence.file}:${fence.line}`, snippet }]
				: [];
		});

const told = (
	placed: readonly Placed[],
	faults: readonly (string | undefined)[],
): string[] =>
	placed.flatMap(({ at }, i) => (faults[i] ? `${at} ${faults[i]}` : []));

function twins(pages: readonly SkillPage[]): string[] {
	return pages.flatMap(({ name, description }, i) =>
		pages
			.slice(0, i)
			.filter((other) => other.description === description)
			.map((other) => `${name}: has the description of ${other.name}`),
	);
}
