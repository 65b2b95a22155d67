import { type Commit, type Signer, writeCommit } from "../git/commits.ts";
import { emailOf } from "../shapes/commit.ts";
import { type Account, type Repository, timestamp } from "../state.ts";
import type { Turn } from "../world.ts";

export interface SignerInput {
	name?: string;
	email?: string;
	date?: string;
}

export interface CommitInput {
	tree: string;
	parents: string[];
	message: string;
	author?: SignerInput | undefined;
	committer?: SignerInput | undefined;
}

export function signerFor(account: Account): Signer {
	return {
		name: account.login,
		email: emailOf(account),
		date: timestamp(),
	};
}

const GITHUB = { name: "GitHub", email: "noreply@github.com" };

/**
 * Writes a commit in the actor's name unless another author is given. What the
 * App makes without naming anybody, GitHub itself signs.
 */
export async function writeSignedCommit(
	turn: Turn & { repository: Repository },
	input: CommitInput,
): Promise<Commit> {
	const { repository, actor, viaApp } = turn;
	const own = !input.author && !input.committer;
	const author = { ...signerFor(actor), ...input.author };
	const committer =
		own && viaApp
			? { ...author, ...GITHUB }
			: { ...author, ...input.committer };
	const { tree, parents, message } = input;
	const commit = { tree, parents, message, author, committer };
	const sha = await writeCommit(repository.directory, commit);
	if (own && viaApp) repository.verifiedCommits.add(sha);
	return { ...commit, sha };
}
