import { join } from "node:path";
import { signerFor } from "./changes/sign-commit.ts";
import { isPull } from "./changes/tell.ts";
import { compare } from "./git/comparison.ts";
import { createBareRepository, type Files } from "./git/create.ts";
import type { FileDiff } from "./git/diff.ts";
import {
	type Account,
	findAccount,
	installationOf,
	nextId,
	type Repository,
	type State,
	timestamp,
} from "./state.ts";
import type { World } from "./world.ts";

export const FIRST_INSTALLATION = 90_001;

export function addAccount(
	state: State,
	login: string,
	type: Account["type"],
): Account {
	const id = nextId(state);
	const account = { id, login, type, createdAt: timestamp() };
	state.accounts.set(login.toLowerCase(), account);
	return account;
}

/** The owner's first repository brings the App's installation with it. */
export async function addRepository(
	{ state, root }: World,
	ownerLogin: string,
	name: string,
	files: Files,
	hidden: boolean,
): Promise<Repository> {
	const owner = findAccount(state, ownerLogin);
	if (!owner) throw new Error(`The forge has no account ${ownerLogin}.`);
	const fullName = `${owner.login}/${name}`;
	const directory = join(root, owner.login, `${name}.git`);
	await createBareRepository(directory, files, signerFor(owner));
	const now = timestamp();
	const repository: Repository = {
		id: nextId(state),
		owner,
		name,
		fullName,
		private: hidden,
		defaultBranch: "main",
		directory,
		createdAt: now,
		pushedAt: now,
		roles: new Map(),
		labels: new Map(),
		issues: new Map(),
		comments: new Map(),
		reviews: new Map(),
		reviewComments: new Map(),
		checkRuns: new Map(),
		statuses: [],
		workflowRuns: new Map(),
		verifiedCommits: new Set(),
		lastNumber: 0,
		moved: new Map(),
	};
	state.repositories.set(fullName.toLowerCase(), repository);
	if (!installationOf(state, repository)) {
		const id = FIRST_INSTALLATION + state.installations.size;
		state.installations.set(id, {
			...{ id, account: owner, createdAt: now },
			...{ without: new Set(), suspendedAt: null },
		});
	}
	return repository;
}

export interface PullSummary {
	number: number;
	title: string;
	state: "open" | "closed";
	merged: boolean;
	draft: boolean;
	/** Branch names. */
	head: string;
	base: string;
	headSha: string;
	baseSha: string;
	files: FileDiff[];
}

export async function summarisePulls({
	issues,
	directory,
}: Repository): Promise<PullSummary[]> {
	return Promise.all(
		[...issues.values()].filter(isPull).map(async (issue) => {
			const { head, base, headSha, baseSha, draft, mergedAt } = issue.pull;
			const { files } = await compare(directory, baseSha, headSha);
			const { number, title, state } = issue;
			const merged = mergedAt !== null;
			const ends = { head, base, headSha, baseSha };
			return { number, title, state, merged, draft, ...ends, files };
		}),
	);
}
