import type { Tree } from "../../workspace/tree.ts";

/** What the rules look at of a tree, by path. */
export async function pythonFiles(tree: Tree): Promise<Map<string, string>> {
	const files = new Map<string, string>();
	for (const path of await tree.paths()) {
		const text = path.endsWith(".py") ? await tree.text(path) : undefined;
		if (text !== undefined) files.set(path, text);
	}
	return files;
}
