// The skills of a role, as its card shows them: those that fit this repository
// and task first, so that reading one is a choice and not a search.
import { findSkill } from "../skills/catalog.ts";
import { importedModules } from "../skills/imports.ts";
import { type Proposal, proposeSkills } from "../skills/propose-skills.ts";
import type { Tree } from "../workspace/tree.ts";
import { ROSTER, type RoleCard } from "./roster.ts";
import { sideBySide } from "./side-by-side.ts";

const MOST_FILES = 200;
const FILES_AT_ONCE = 8;
/** Imports stand at the top; notebooks repeat them anywhere. */
const READ = 60_000;
const SOURCE = /\.(py|ipynb)$/;
const NOT_THEIRS = /(^|\/)(\.?venv|node_modules|site-packages)\//;
/** A first sentence is enough to choose by. */
const SHORT = 110;

/** A tree never changes, and every agent of a run asks. */
const imported = new WeakMap<Tree, Promise<ReadonlySet<string>>>();

export async function proposeFor(
	tree: Tree,
	task: string,
): Promise<Proposal[]> {
	const imports = imported.get(tree) ?? importsOf(tree);
	imported.set(tree, imports);
	return proposeSkills({ imports: await imports, words: task });
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
	const proposals = await proposeFor(tree, `${title}\n${body}`);
	const proposed = proposals.map(({ skill }) => skill);
	const others = ROSTER[role].skills
		.flatMap((name) => findSkill(name) ?? [])
		.filter((skill) => !proposed.includes(skill));
	const line = (skill: (typeof others)[number]) =>
		`- ${skill.name}: ${firstSentence(skill.description)}`;
	return [
		"## Skills",
		"Pages of this service that you may open with `skill`, when your work touches their subject and you are not sure; one or two, seldom more.",
		...(proposed.length > 0
			? ["For this task and repository:", ...proposed.map(line)]
			: []),
		...(others.length > 0 ? ["For your role:", ...others.map(line)] : []),
	].join("\n");
}

function firstSentence(description: string): string {
	const [sentence = ""] = description.split(/(?<=\.) /);
	return sentence.length <= SHORT
		? sentence
		: `${sentence.slice(0, SHORT - 1)}…`;
}
