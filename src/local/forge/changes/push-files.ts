// A person's push: files written or removed in one commit on a branch.
import { readCommit } from "../git/commits.ts";
import { writeObject } from "../git/objects.ts";
import { readBranch, writeRef } from "../git/refs.ts";
import { editTree } from "../git/trees.ts";
import { notFound, Problem } from "../problem.ts";
import type { Repository } from "../state.ts";
import type { Turn } from "../world.ts";
import { branchMoved } from "./branch-moved.ts";
import { writeSignedCommit } from "./sign-commit.ts";

/** Null removes a file. Gives the new commit. */
export async function pushFiles(
	turn: Turn,
	repository: Repository,
	branch: string,
	files: Readonly<Record<string, string | null>>,
	message: string,
): Promise<string> {
	const { directory } = repository;
	const before = await readBranch(directory, branch);
	const parent = before && (await readCommit(directory, before));
	if (!parent) throw notFound(`Branch ${branch} not found`);
	const edits = await Promise.all(
		Object.entries(files).map(async ([path, content]) => ({
			path,
			mode: "100644",
			sha:
				content === null
					? null
					: await writeObject(directory, "blob", Buffer.from(content)),
		})),
	);
	const tree = await editTree(directory, parent.tree, edits);
	const commit = await writeSignedCommit(
		{ ...turn, repository },
		{ tree, parents: [parent.sha], message },
	);
	const ref = `refs/heads/${branch}`;
	if (!(await writeRef(directory, ref, commit.sha, parent.sha)))
		throw new Problem(409, `${branch} moved in the meantime`);
	await branchMoved(turn, repository, ref, parent.sha, commit.sha);
	return commit.sha;
}
