// A tree of a few files in memory, for what needs no file system.
import type { Tree } from "../../src/workspace/tree.ts";

export function memoryTree(
	files: Record<string, string>,
	sha = "a".repeat(40),
): Tree {
	return {
		root: "/nowhere",
		sha,
		paths: async () => Object.keys(files).sort(),
		read: async (path: string) =>
			files[path] === undefined ? undefined : Buffer.from(files[path]),
		text: async (path: string) => files[path],
	} as unknown as Tree;
}
