// Commits through the Git Data API: made by the App without an author, so that
// GitHub signs them; never forced over what somebody else pushed.
import type { RepositoryClient } from "./app-client.ts";
import { statusOf } from "./fault.ts";
import { branchHead } from "./repository.ts";
import { type TreeFile, writeTree } from "./trees.ts";

export interface CommitRequest {
	readonly branch: string;
	/** The commit it follows: the branch's head, or where a new branch starts. */
	readonly parent: string;
	/** The commit whose tree the files are laid over, when not the parent's. */
	readonly base?: string;
	/** Git's name for the base's tree, where it is known. */
	readonly baseTree?: string;
	readonly message: string;
	readonly files: readonly TreeFile[];
	/** Files that the base has and the commit has not. */
	readonly deletions?: readonly string[];
	/** Commit also what changes nothing: the outcome of work may be "no change". */
	readonly allowEmpty?: boolean;
}

export type Committed =
	/** `tree`: git's name for what the commit holds. */
	| { readonly ok: true; readonly sha: string; readonly tree: string }
	| {
			readonly ok: false;
			/** "moved": the branch holds a commit that is not ours to overwrite. */
			readonly kind: "moved" | "unchanged" | "not allowed";
			readonly message: string;
			/** Where the branch stands, when it moved. */
			readonly head?: string;
	  };

export async function commitFiles(
	client: RepositoryClient,
	request: CommitRequest,
): Promise<Committed> {
	const { branch, parent, base = parent } = request;
	const treeOf = async (sha: string) => (await readCommit(client, sha)).tree;
	const baseTree = request.baseTree ?? (await treeOf(base));
	const [tree, parentTree, head] = await Promise.all([
		writeTree(client, baseTree, request.files, request.deletions),
		base === parent ? baseTree : treeOf(parent),
		branchHead(client, branch),
	]);
	if (tree === parentTree && !request.allowEmpty)
		return {
			ok: false,
			kind: "unchanged",
			message: "The files are already as the change wants them.",
		};
	if (head !== undefined && head !== parent)
		return reuse(client, branch, head, parent, tree);
	const sha = await writeCommit(client, request.message, tree, [parent]);
	try {
		if (head === undefined) await createBranch(client, branch, sha);
		else await moveBranch(client, branch, sha);
		return { ok: true, sha, tree };
	} catch (error) {
		// 422: somebody was faster, or our own first try was, its answer lost.
		if (statusOf(error) !== 422) throw error;
		const now = await branchHead(client, branch);
		if (now === sha) return { ok: true, sha, tree };
		if (now === undefined) throw error;
		return reuse(client, branch, now, parent, tree);
	}
}

/** The branch's head, if it is the very commit that was to be made. */
async function reuse(
	client: RepositoryClient,
	branch: string,
	head: string,
	parent: string,
	tree: string,
): Promise<Committed> {
	const found = await readCommit(client, head);
	if (found.tree === tree && found.parents.join() === parent)
		return { ok: true, sha: head, tree };
	return {
		ok: false,
		kind: "moved",
		head,
		message: `The branch ${branch} holds commit ${head.slice(0, 10)}, which I did not expect there. I never push over a commit that is not mine.`,
	};
}

interface Commit {
	readonly tree: string;
	readonly parents: readonly string[];
}

export async function readCommit(
	client: RepositoryClient,
	sha: string,
): Promise<Commit> {
	const { data } = await client.octokit.rest.git.getCommit({
		...client.at,
		commit_sha: sha,
	});
	return {
		tree: data.tree.sha,
		parents: data.parents.map((parent) => parent.sha),
	};
}

export async function writeCommit(
	client: RepositoryClient,
	message: string,
	tree: string,
	parents: readonly string[],
): Promise<string> {
	const { data } = await client.octokit.rest.git.createCommit({
		...client.at,
		message,
		tree,
		parents: [...parents],
	});
	return data.sha;
}

const createBranch = (client: RepositoryClient, branch: string, sha: string) =>
	client.octokit.rest.git.createRef({
		...client.at,
		ref: `refs/heads/${branch}`,
		sha,
	});

export const moveBranch = (
	client: RepositoryClient,
	branch: string,
	sha: string,
) =>
	client.octokit.rest.git.updateRef({
		...client.at,
		ref: `heads/${branch}`,
		sha,
		force: false,
	});
