// The Python in the skills: on their pages and in their references.
import { readSkillFile, SKILLS } from "../../src/skills/catalog.ts";
import type { Skill } from "../../src/skills/parse-skill.ts";

export interface Snippet {
	readonly title: string;
	readonly skill: string;
	/** `SKILL.md` or the path of a reference. */
	readonly file: string;
	/** As docs/skills.md defines the tags of fences. */
	readonly kind: "complete" | "good" | "bad" | "fragment";
	/** What a bad one breaks. */
	readonly rule?: string;
	readonly code: string;
}

export interface Fence {
	readonly file: string;
	readonly tag: string;
	readonly code: string;
}

const PYTHON = /^python(?: (good|fragment)| (bad)(?: rule=([A-Z]+\d+))?)?$/;

export const pagesOf = (skill: Skill) => [
	{ file: "SKILL.md", text: skill.body },
	...skill.files
		.filter((file) => file.endsWith(".md"))
		.map((file) => ({ file, text: readSkillFile(skill, file) ?? "" })),
];

export const fencesOf = (skill: Skill): Fence[] =>
	pagesOf(skill).flatMap(({ file, text }) =>
		[...text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(
			([, tag = "", code = ""]) => ({ file, tag, code }),
		),
	);

export const isKnownTag = (tag: string) =>
	PYTHON.test(tag) || ["sh", "text"].includes(tag);

export const SNIPPETS: readonly Snippet[] = SKILLS.flatMap((skill) =>
	fencesOf(skill).flatMap(({ file, tag, code }, i) => {
		const match = PYTHON.exec(tag);
		if (!match) return [];
		const [, plain, bad, rule] = match;
		return {
			title: `${skill.name} ${file} ${i + 1}`,
			skill: skill.name,
			file,
			kind: (plain ?? bad ?? "complete") as Snippet["kind"],
			...(rule ? { rule } : {}),
			code,
		};
	}),
);

/** Those that run as they stand. */
export const RUNNABLE = SNIPPETS.filter(
	({ kind }) => kind === "complete" || kind === "good",
);
