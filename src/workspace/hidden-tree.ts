// A tree without the files that a repository keeps from agents.
import { isHidden, type PathRules } from "../run/path-rules.ts";
import type { Tree } from "./listed-tree.ts";

/** Why a tree that agents see lacks a file its repository has. */
export const HIDDEN =
	"kept from agents by paths.read_deny of .github/modelwright.yml" as const;

/** One wrapper per tree and rule, so that what is known of a tree by identity stays known. */
const wrapped = new WeakMap<Tree, Map<string, Tree>>();

export function visibleTree(tree: Tree, rules: PathRules): Tree {
	if (rules.read_deny.length === 0) return tree;
	const known = wrapped.get(tree) ?? new Map<string, Tree>();
	wrapped.set(tree, known);
	const key = JSON.stringify(rules.read_deny);
	const made = known.get(key) ?? wrap(tree, isHidden(rules));
	known.set(key, made);
	return made;
}

function wrap(tree: Tree, hidden: (path: string) => boolean): Tree {
	const open = (path: string) => !hidden(path);
	return {
		root: tree.root,
		sha: tree.sha,
		...(tree.facts ? { facts: tree.facts } : {}),
		paths: async () => (await tree.paths()).filter(open),
		absent: async () => [
			...((await tree.absent?.()) ?? []),
			...(await tree.paths())
				.filter(hidden)
				.map((path) => ({ path, why: HIDDEN })),
		],
		edited: () => (tree.edited?.() ?? []).filter(open),
		read: async (path) => (open(path) ? tree.read(path) : undefined),
		text: async (path) => (open(path) ? tree.text(path) : undefined),
		files: async (limits) =>
			new Map(
				(await tree.files(limits)).entries().filter(([path]) => open(path)),
			),
	};
}
