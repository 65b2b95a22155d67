import { readCommit } from "../git/commits.ts";
import { readObject } from "../git/objects.ts";
import { findEntry } from "../git/trees.ts";
import type { Repository } from "../state.ts";

export async function readBytes(
	{ directory }: Repository,
	sha: string,
	path: string,
): Promise<Buffer | null> {
	const commit = await readCommit(directory, sha);
	const entry = commit && (await findEntry(directory, commit.tree, path));
	const object = entry && (await readObject(directory, entry.sha));
	return object?.type === "blob" ? object.content : null;
}

/** Null when there is no such file, or when it holds no text. */
export async function readText(
	repository: Repository,
	sha: string,
	path: string,
): Promise<string | null> {
	const bytes = await readBytes(repository, sha, path);
	if (!bytes || bytes.subarray(0, 8000).includes(0)) return null;
	return bytes.toString();
}
