// The skills that fit a role, this repository and this task, by name: what each
// is about stands in the catalogue that every agent has.
import { importedModules } from "../../skills/imports.ts";
import { type Proposal, proposeSkills } from "../../skills/propose-skills.ts";
import type { Tree } from "../../workspace/tree.ts";
import { sideBySide } from "../calls/side-by-side.ts";
import { ROSTER, type RoleCard } from "../roster.ts";

const MOST_FILES = 200;
const FILES_AT_ONCE = 8;
/** Imports stand at the top; notebooks repeat them anywhere. */
const READ = 60_000;
const SOURCE = /\.(py|ipynb)$/;
const NOT_THEIRS = /(^|\/)(\.?venv|node_modules|site-packages)\//;

/** A tree never changes, and every agent of a run asks. */
const imported = new WeakMap<Tree, Promise<ReadonlySet<string>>>();

export async function proposeFor(
	tree: Tree,
	task: string,
	usual: readonly string[] = [],
): Promise<Proposal[]> {
	const imports = imported.get(tree) ?? importsOf(tree);
	imported.set(tree, imports);
	return proposeSkills({ imports: await imports, words: task, usual });
}

async function importsOf(tree: Tree): Promise<ReadonlySet<string>> {
	const paths = (await tree.paths())
		.filter((path) => SOURCE.test(path) && !NOT_THEIRS.test(path))
		.toSorted()
		.slice(0, MOST_FILES);
	const found = await sideBySide(paths, FILES_AT_ONCE, async (path) =>
		importedModules(((await tree.text(path)) ?? "").slice(0, READ)),
	);
	return new Set(found.flatMap((modules) => [...modules]));
}

/** Our words alone: of the task and the repository nothing is quoted. */
export async function showSkills(
	role: RoleCard["role"],
	tree: Tree,
	{ title, body }: { readonly title: string; readonly body: string },
): Promise<string> {
	const usual = ROSTER[role].skills;
	const proposals = await proposeFor(tree, `${title}\n${body}`, usual);
	const names = proposals.map(({ skill }) => skill.name);
	return `Skills that fit this task, your role and this repository: ${names.join(", ")}. Open one with \`skill\` when your work touches its subject and you are not sure.`;
}
