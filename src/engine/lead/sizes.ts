import { diffLines } from "diff";
import type { PullRef } from "../../reports/change.ts";
import type { Tree } from "../../workspace/tree.ts";

/** Lines added and removed per file, as a reviewer would count them. */
export async function sizesOf(
	before: Tree,
	files: readonly { path: string; content: string }[],
): Promise<PullRef["files"]> {
	const sizes: PullRef["files"] = [];
	for (const { path, content } of files) {
		let additions = 0;
		let deletions = 0;
		for (const part of diffLines((await before.text(path)) ?? "", content)) {
			if (part.added) additions += part.count;
			if (part.removed) deletions += part.count;
		}
		sizes.push({ path, additions, deletions });
	}
	return sizes;
}
