import { readCommit } from "../git/commits.ts";
import { resolveCommit } from "../git/refs.ts";
import { findEntry, type TreeEntry } from "../git/trees.ts";
import type { Repository } from "../state.ts";

export interface Reference {
	/** As the address says it: a branch, a tag or a sha. */
	name: string;
	sha: string;
	path: string;
	entry: TreeEntry;
}

/**
 * Reads "branch/with/slashes/folder/file" as a ref and a path: the shortest
 * name that is a ref and has the path wins. Null when nothing is there.
 */
export async function findReference(
	{ directory }: Repository,
	address: string,
): Promise<Reference | null> {
	const parts = address.split("/").filter(Boolean);
	for (let count = 1; count <= parts.length; count += 1) {
		const name = parts.slice(0, count).join("/");
		const sha = await resolveCommit(directory, name);
		const commit = sha && (await readCommit(directory, sha));
		if (!commit) continue;
		const path = parts.slice(count).join("/");
		const entry = await findEntry(directory, commit.tree, path);
		if (entry) return { name, sha: commit.sha, path, entry };
	}
	return null;
}
