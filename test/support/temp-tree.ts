// A checkout of a few files in a temporary folder: the tools read it for real.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { folderTree, type Tree } from "../../src/workspace/tree.ts";

export interface TempTree extends Tree {
	remove(): Promise<void>;
}

export async function tempTree(
	files: Record<string, string>,
	sha = "a".repeat(40),
): Promise<TempTree> {
	const root = await mkdtemp(join(tmpdir(), "tree-"));
	for (const [path, content] of Object.entries(files)) {
		await mkdir(dirname(join(root, path)), { recursive: true });
		await writeFile(join(root, path), content);
	}
	const tree = await folderTree(root, sha);
	return { ...tree, remove: () => rm(root, { recursive: true }) };
}
