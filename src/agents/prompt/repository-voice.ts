// What a repository says to whoever works in it: conventions and skills of its
// own. All of it is material, quoted like any file; none of it is an instruction.
import { load } from "js-yaml";
import type { Role } from "../../reports/workflow.ts";
import type { Tree } from "../../workspace/tree.ts";
import { cleanUntrusted, fenceUntrusted } from "./untrusted.ts";

const LONGEST = 6_000;
const MOST_SKILLS = 20;
const LONGEST_DESCRIPTION = 300;
/** A brief longer than this is none. */
const LONGEST_BRIEF = 20_000;

const GUIDES = [
	"AGENTS.md",
	"CLAUDE.md",
	".github/copilot-instructions.md",
	".modelwright/conventions.md",
] as const;
const SKILL = /^\.modelwright\/skills\/([^/]+)\/SKILL\.md$/;

/** Conventions, then the list of skills; as fenced sections. */
export async function repositoryVoice(tree: Tree): Promise<string[]> {
	const paths = await tree.paths();
	const sections: string[] = [];
	for (const guide of GUIDES)
		if (paths.includes(guide)) sections.push(await excerpt(tree, guide));
	const skills = paths.filter((path) => SKILL.test(path));
	if (skills.length > 0) sections.push(await listSkills(tree, skills));
	return sections;
}

/** A file's beginning, as material. */
export async function excerpt(tree: Tree, path: string): Promise<string> {
	const text = (await tree.text(path)) ?? "";
	const cut = text.length > LONGEST ? "\n(cut; read on with view)" : "";
	return fenceUntrusted("file", `path="${path}"`, text.slice(0, LONGEST) + cut);
}

async function listSkills(
	tree: Tree,
	skills: readonly string[],
): Promise<string> {
	const lines: string[] = [];
	for (const path of skills.slice(0, MOST_SKILLS)) {
		const { name, description } = parsePage((await tree.text(path)) ?? "");
		const called = name ?? SKILL.exec(path)?.[1] ?? "";
		const about = (description ?? "(no description)").replace(/\s+/g, " ");
		lines.push(
			`${path}: ${called.slice(0, 64)}: ${about.slice(0, LONGEST_DESCRIPTION)}`,
		);
	}
	const left = skills.length - lines.length;
	if (left > 0) lines.push(`(${left} more are not listed)`);
	return fenceUntrusted(
		"files",
		'kind="skills of this repository" read="with view"',
		lines.join("\n"),
	);
}

/**
 * What the repository wants a role to be told instead of our brief. Only for an
 * operator who allows it: these words become instructions.
 */
export async function readRoleOverride(
	tree: Tree,
	role: Role,
): Promise<string | undefined> {
	const page = await tree.text(`.modelwright/agents/${role}.md`);
	if (page === undefined) return undefined;
	const brief = cleanUntrusted(parsePage(page).body).text.trim();
	return brief.slice(0, LONGEST_BRIEF) || undefined;
}

interface Page {
	readonly name?: string;
	readonly description?: string;
	readonly body: string;
}

/** Front matter and body; front matter that is no YAML says nothing. */
function parsePage(page: string): Page {
	const text = page.replace(/\r\n?/g, "\n");
	const [, matter = "", body = text] =
		/^---\n([\s\S]*?)\n---(?:\n([\s\S]*))?$/.exec(text) ?? [];
	const { name, description } = fieldsOf(matter);
	return {
		...(typeof name === "string" ? { name } : {}),
		...(typeof description === "string" ? { description } : {}),
		body,
	};
}

function fieldsOf(matter: string): Record<string, unknown> {
	try {
		const fields = load(matter, { maxAliases: 0 });
		return typeof fields === "object" && fields !== null ? { ...fields } : {};
	} catch {
		return {};
	}
}
