// A merge commit through the Git Data API: two parents, a tree worked out on this
// machine, and a branch that is moved forward, never forced.
import type { RepositoryClient } from "./app-client.ts";
import { moveBranch, readCommit, writeCommit } from "./commits.ts";
import { statusOf } from "./fault.ts";
import { branchHead } from "./repository.ts";
import { type MergedPath, writeMergedTree } from "./trees.ts";

export interface MergeCommitRequest {
	readonly branch: string;
	/** The branch's head, which the merge follows. */
	readonly ours: string;
	/** What is merged into it. */
	readonly theirs: string;
	/** Git's names for the merge's tree, and for that of `theirs`. */
	readonly tree: string;
	readonly theirTree: string;
	/** What the merge has otherwise than `theirs`. */
	readonly paths: readonly MergedPath[];
	readonly message: string;
}

export type MergeCommitted =
	| { readonly ok: true; readonly sha: string }
	/** Somebody moved the branch, or an earlier try of ours did: look again. */
	| { readonly ok: false; readonly head: string | undefined };

export async function commitMerge(
	client: RepositoryClient,
	request: MergeCommitRequest,
): Promise<MergeCommitted> {
	const { branch, ours, theirs, tree } = request;
	const head = await branchHead(client, branch);
	if (head !== ours) return made(client, request, head);
	const written = await writeMergedTree(
		client,
		request.theirTree,
		request.paths,
	);
	if (written !== tree)
		throw new Error(
			`GitHub made tree ${written} of the merge on ${branch}, and ${tree} was expected; nothing was pushed.`,
		);
	const sha = await writeCommit(client, request.message, tree, [ours, theirs]);
	try {
		await moveBranch(client, branch, sha);
		return { ok: true, sha };
	} catch (error) {
		// 422: somebody was faster, or our own first try was, its answer lost.
		if (statusOf(error) !== 422) throw error;
		return made(client, request, await branchHead(client, branch));
	}
}

/** Whether the branch ends in the very merge that was to be made. */
async function made(
	client: RepositoryClient,
	{ ours, theirs, tree }: MergeCommitRequest,
	head: string | undefined,
): Promise<MergeCommitted> {
	const found = head ? await readCommit(client, head) : undefined;
	const isIt =
		found?.tree === tree && found.parents.join() === [ours, theirs].join();
	return head && isIt ? { ok: true, sha: head } : { ok: false, head };
}
