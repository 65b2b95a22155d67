// A tree of a few files in memory, for what needs no file system.
import type { Tree } from "../../src/workspace/tree.ts";

export function memoryTree(
	files: Record<string, string>,
	sha = "a".repeat(40),
): Tree {
	const read = async (path: string) =>
		files[path] === undefined ? undefined : Buffer.from(files[path]);
	return {
		root: "/nowhere",
		sha,
		paths: async () => Object.keys(files).sort(),
		absent: async () => [],
		read,
		text: async (path) => files[path],
		files: async () =>
			new Map(Object.entries(files).map(([p, s]) => [p, Buffer.from(s)])),
	};
}
