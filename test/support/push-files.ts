// Somebody pushes to a repository of the forge: files become one more commit.

import type { Stage } from "../../src/cli/demo/stage.ts";
import { readCommit, writeCommit } from "../../src/local/forge/git/commits.ts";
import { writeObject } from "../../src/local/forge/git/objects.ts";
import { readBranch, writeRef } from "../../src/local/forge/git/refs.ts";
import { editTree } from "../../src/local/forge/git/trees.ts";

export async function pushFiles(
	{ forge, repository }: Stage,
	files: Readonly<Record<string, string>>,
	branch = "main",
): Promise<string> {
	const { directory } = forge.repository(repository);
	const head = (await readBranch(directory, branch)) ?? "";
	const before = await readCommit(directory, head);
	if (!before) throw new Error(`there is no branch ${branch} to push to`);
	const edits = [];
	for (const [path, content] of Object.entries(files)) {
		const sha = await writeObject(directory, "blob", Buffer.from(content));
		edits.push({ path, mode: "100644", sha });
	}
	const tree = await editTree(directory, before.tree, edits);
	const { author } = before;
	const sha = await writeCommit(directory, {
		...{ tree, parents: [head], author, committer: author },
		message: "More files",
	});
	await writeRef(directory, `refs/heads/${branch}`, sha, head);
	return sha;
}
