// The Python in the skills: on their pages and in their references.
import {
	fencesIn,
	isProgram,
	type Snippet,
	snippetOf,
} from "../../src/skills/fences.ts";
import { FOLDERS, filesOf, readFileOf } from "../../src/skills/shelf.ts";

export interface Placed extends Snippet {
	readonly skill: string;
	readonly title: string;
}

export const pagesOf = (skill: string) =>
	["SKILL.md", ...filesOf(skill).filter((file) => file.endsWith(".md"))].map(
		(file) => ({ file, text: readFileOf(skill, file) }),
	);

export const SNIPPETS: readonly Placed[] = FOLDERS.flatMap((skill) =>
	pagesOf(skill)
		.flatMap(({ file, text }) => fencesIn(file, text))
		.flatMap((fence) => {
			const snippet = snippetOf(fence);
			const title = `${skill} ${fence.file}:${fence.line}`;
			return snippet ? [{ ...snippet, skill, title }] : [];
		}),
);

/** Those that run as they stand. */
export const PROGRAMS = SNIPPETS.filter(isProgram);
