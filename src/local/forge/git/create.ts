import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Signer } from "./commits.ts";
import { writeCommit } from "./commits.ts";
import { writeObject } from "./objects.ts";
import { writeRef } from "./refs.ts";
import { git } from "./run.ts";
import { editTree } from "./trees.ts";

export type Files = Record<string, string | Uint8Array>;

// Fetching one commit by its sha is what CI does. Refs and objects are also
// read as loose files, so git must not pack them.
const SETTINGS = `
[http]
	receivepack = true
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[gc]
	auto = 0
[receive]
	autogc = false
`;

/** Makes a bare repository whose branch `main` holds the files in one commit. */
export async function createBareRepository(
	directory: string,
	files: Files,
	author: Signer,
): Promise<string> {
	await mkdir(directory, { recursive: true });
	await git(directory, "init", "-q", "--bare", "-b", "main", directory);
	await appendFile(join(directory, "config"), SETTINGS);
	const edits = [];
	for (const [path, content] of Object.entries(files)) {
		const bytes = typeof content === "string" ? Buffer.from(content) : content;
		const sha = await writeObject(directory, "blob", bytes);
		edits.push({ path, mode: "100644", sha });
	}
	const tree = await editTree(directory, null, edits);
	const message = "Initial commit";
	const commit = { tree, parents: [], author, committer: author, message };
	const sha = await writeCommit(directory, commit);
	if (!(await writeRef(directory, "refs/heads/main", sha, null)))
		throw new Error(
			`${directory} already holds a repository. The forge remembers nothing from an earlier process: give it an empty folder.`,
		);
	return sha;
}
