// Where a skill falls short of what docs/skills.md asks of every page.
import { posix } from "node:path";
import {
	fencesIn,
	isKnownTag,
	isProgram,
	snippetOf,
} from "../../../skills/fences.ts";
import type { SkillPage } from "../../../skills/parse-skill.ts";
import { isRuleId, ruleIdsIn } from "./rule-ids.ts";

export interface Pages {
	readonly skill: SkillPage;
	/** By path, the page itself as `SKILL.md`. */
	readonly texts: ReadonlyMap<string, string>;
}

const LINES = [120, 250] as const;
/** 2,000 tokens: a token of such text and code is some 3.8 characters. */
const CHARACTERS = 7_600;
const PROGRAMS = [5, 8] as const;
const REFERENCES = [2, 4] as const;
/** Beyond these a file must say at its top what it contains. */
const LONG = 300;

const SECTIONS: readonly (readonly [RegExp, string])[] = [
	[/^\*\*When:\*\*/m, '"**When:**"'],
	[/\*\*When not:\*\*/, '"**When not:**"'],
	[
		/^\*\*Versions:\*\*/m,
		'"**Versions:**" (what it was run with or checked against)',
	],
	[/^## Decide$[\s\S]*?^\|---/m, 'a table under "## Decide"'],
	[/^## Traps$/m, '"## Traps"'],
	[/^## Verify$/m, '"## Verify"'],
	[/^## References$/m, '"## References"'],
];

/** In words, with the file where it is not the page. */
export function pageFaults({ skill, texts }: Pages): string[] {
	const { body, description, words } = skill;
	const references = [...texts.keys()].filter(isReference);
	return [
		...outside("lines in the body", body.split("\n").length, LINES),
		...outside("characters in the body", body.length, [0, CHARACTERS]),
		...outside("complete programs on the page", programsOn(body), PROGRAMS),
		...outside("references", references.length, REFERENCES),
		...SECTIONS.filter(([section]) => !section.test(body)).map(
			([, name]) => `${name} is missing`,
		),
		...(/\bUse when\b/.test(description)
			? []
			: ['the description does not say "Use when"']),
		...outside("words that select it", words.length, [4, Infinity]),
		...(ruleIdsIn(section(body, "Traps")).length > 0
			? []
			: ["no trap names a rule, such as REP01"]),
		...indexFaults(body, [...texts.keys()]),
		...[...texts].flatMap(([file, text]) => fileFaults(file, text, texts)),
	];
}

function indexFaults(body: string, files: readonly string[]): string[] {
	const named = new Set(
		[
			...section(body, "References").matchAll(
				/`((?:references|scripts)\/[\w./-]+)/g,
			),
		].map(([, path = ""]) => path),
	);
	const listed = files.filter((file) => file !== "SKILL.md");
	return [
		...listed
			.filter((file) => !named.has(file))
			.map((file) => `${file} is not listed under "## References"`),
		...[...named]
			.filter((file) => !files.includes(file))
			.map((file) => `"## References" lists ${file}, which does not exist`),
	];
}

function fileFaults(
	file: string,
	text: string,
	texts: Pages["texts"],
): string[] {
	if (!file.endsWith(".md")) return [];
	// Indexing and calling looks like a link in Python.
	const prose = text.replace(/^```[\s\S]*?^```$/gm, "");
	const links = [...prose.matchAll(/\]\((?!https?:|#)([^)\s#]+)/g)]
		.map(([, path = ""]) => posix.join(posix.dirname(file), path))
		.filter((path) => !texts.has(path));
	const tags = fencesIn(file, text).filter(({ tag }) => !isKnownTag(tag));
	return [
		...ruleIdsIn(text)
			.filter((id) => !isRuleId(id))
			.map((id) => `${file} names ${id}, which is no rule`),
		...links.map((path) => `${file} links to ${path}, which does not exist`),
		...tags.map(
			({ tag, line }) => `${file}:${line} has the unknown tag "${tag}"`,
		),
		...(text.split("\n").length > LONG && !/^(#+ )?Contents\b/m.test(text)
			? [`${file} is longer than ${LONG} lines and has no "Contents"`]
			: []),
	];
}

function outside(
	what: string,
	count: number,
	[least, most]: readonly [number, number],
): string[] {
	if (count >= least && count <= most) return [];
	return [`${count} ${what}; expected ${least} to ${most}`];
}

const isReference = (file: string) => file.startsWith("references/");

const programsOn = (body: string) =>
	fencesIn("SKILL.md", body).filter((fence) => {
		const snippet = snippetOf(fence);
		return snippet && isProgram(snippet);
	}).length;

/** What stands under a heading of the second level. */
const section = (body: string, title: string) =>
	body.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? "";
