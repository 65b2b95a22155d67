import { diffLines } from "diff";
import type { PullRef } from "../../reports/change.ts";
import type { Tree } from "../../workspace/tree.ts";

/** Lines added and removed per file, as a reviewer would count them. */
export async function sizesOf(
	before: Tree,
	files: readonly { path: string; content: string }[],
	deletions: readonly string[] = [],
): Promise<PullRef["files"]> {
	const sizes: PullRef["files"] = [];
	const gone = deletions.map((path) => ({ path, content: "" }));
	for (const { path, content } of [...files, ...gone]) {
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

/** Two commits of one pull request: each file once, its lines added up. */
export function joinSizes(
	first: PullRef["files"],
	second: PullRef["files"],
): PullRef["files"] {
	const joined = new Map(first.map((file) => [file.path, file]));
	for (const { path, additions, deletions } of second) {
		const known = joined.get(path) ?? { additions: 0, deletions: 0 };
		joined.set(path, {
			path,
			additions: known.additions + additions,
			deletions: known.deletions + deletions,
		});
	}
	return [...joined.values()];
}
