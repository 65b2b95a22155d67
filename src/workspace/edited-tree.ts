// A tree with edits laid over it. Nothing is written: the folder stays as it is.
import { decodeText, type Tree } from "./listed-tree.ts";

/** Path to whole new content; null where the file is deleted. */
export type Edits = Readonly<Record<string, string | null>>;

export function editedTree(tree: Tree, edits: Edits): Tree {
	const touched = Object.keys(edits);
	if (touched.length === 0) return tree;
	const of = (path: string) =>
		Object.hasOwn(edits, path) ? edits[path] : undefined;
	const read = async (path: string) => {
		const edit = of(path);
		if (edit === undefined) return tree.read(path);
		return edit === null ? undefined : new TextEncoder().encode(edit);
	};
	return {
		root: tree.root,
		sha: tree.sha,
		...(tree.facts ? { facts: tree.facts } : {}),
		unedited: tree,
		async paths() {
			const untouched = (await tree.paths()).filter(
				(path) => of(path) === undefined,
			);
			const there = touched.filter((path) => edits[path] !== null);
			return [...untouched, ...there].sort((a, b) => (a < b ? -1 : 1));
		},
		absent: async () => (await tree.absent?.()) ?? [],
		edited: () => [...new Set([...(tree.edited?.() ?? []), ...touched])],
		read,
		text: async (path) => decodeText(await read(path)),
		async files(limits) {
			const files = new Map(await tree.files(limits));
			for (const path of touched) {
				const bytes = await read(path);
				if (bytes) files.set(path, bytes);
				else files.delete(path);
			}
			return files;
		},
	};
}
