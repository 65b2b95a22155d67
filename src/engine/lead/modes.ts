import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { TreeFile } from "../../github/trees.ts";
import type { Tree } from "../../workspace/tree.ts";

/** What may be executed before a change may be executed after it. */
export async function withModes(
	before: Tree,
	files: readonly { path: string; content: string }[],
): Promise<(TreeFile & { readonly content: string })[]> {
	const known = new Set(await before.paths());
	return Promise.all(
		files.map(async (file) => {
			if (!known.has(file.path)) return file;
			const { mode } = await stat(join(before.root, file.path));
			return mode & 0o111 ? { ...file, mode: "100755" as const } : file;
		}),
	);
}
