import type { Commit, Signer } from "../git/commits.ts";
import { diffFiles } from "../git/diff.ts";
import { git } from "../git/run.ts";
import type { Account, Repository } from "../state.ts";
import type { World } from "../world.ts";
import { accountShape } from "./account.ts";
import { fileShape } from "./pull.ts";
import { repositoryApi, repositoryPage } from "./repository.ts";

/** The address by which GitHub knows whose commit it is. */
export function emailOf(account: Account): string {
	return `${account.id}+${account.login}@users.noreply.github.com`;
}

export function accountBehind(world: World, signer: Signer): Account | null {
	const accounts = world.state.accounts.values();
	return accounts.find((account) => emailOf(account) === signer.email) ?? null;
}

function verification(repository: Repository, sha: string): object {
	const verified = repository.verifiedCommits.has(sha);
	return {
		verified,
		reason: verified ? "valid" : "unsigned",
		signature: verified ? "made by the local GitHub, not by a key" : null,
		payload: verified ? `commit ${sha}` : null,
		verified_at: verified ? repository.pushedAt : null,
	};
}

/** As the Git Data API shows it. */
export function gitCommitShape(
	world: World,
	repository: Repository,
	commit: Commit,
): object {
	const api = `${repositoryApi(world, repository)}/git`;
	const page = repositoryPage(world, repository);
	return {
		sha: commit.sha,
		node_id: `C_${commit.sha}`,
		url: `${api}/commits/${commit.sha}`,
		html_url: `${page}/commit/${commit.sha}`,
		author: commit.author,
		committer: commit.committer,
		tree: { sha: commit.tree, url: `${api}/trees/${commit.tree}` },
		message: commit.message,
		parents: commit.parents.map((sha) => ({
			sha,
			url: `${api}/commits/${sha}`,
			html_url: `${page}/commit/${sha}`,
		})),
		verification: verification(repository, commit.sha),
	};
}

/** As repository and pull request lists show it. */
export function commitShape(
	world: World,
	repository: Repository,
	commit: Commit,
): Record<string, unknown> {
	const api = repositoryApi(world, repository);
	const page = repositoryPage(world, repository);
	const author = accountBehind(world, commit.author);
	const committer = accountBehind(world, commit.committer);
	return {
		sha: commit.sha,
		node_id: `C_${commit.sha}`,
		url: `${api}/commits/${commit.sha}`,
		html_url: `${page}/commit/${commit.sha}`,
		comments_url: `${api}/commits/${commit.sha}/comments`,
		commit: {
			url: `${api}/git/commits/${commit.sha}`,
			author: commit.author,
			committer: commit.committer,
			message: commit.message,
			tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
			comment_count: 0,
			verification: verification(repository, commit.sha),
		},
		author: author && accountShape(world, author),
		committer: committer && accountShape(world, committer),
		parents: commit.parents.map((sha) => ({
			sha,
			url: `${api}/commits/${sha}`,
			html_url: `${page}/commit/${sha}`,
		})),
	};
}

const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** With the files it changed against its first parent. */
export async function fullCommitShape(
	world: World,
	repository: Repository,
	commit: Commit,
): Promise<object> {
	const { directory } = repository;
	const parent = commit.parents[0] ?? EMPTY_TREE;
	const files = await diffFiles(directory, parent, commit.sha);
	const additions = files.reduce((sum, file) => sum + file.additions, 0);
	const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
	return {
		...commitShape(world, repository, commit),
		stats: { additions, deletions, total: additions + deletions },
		files: files.map((file) => fileShape(world, repository, commit.sha, file)),
	};
}

/** As the push webhook lists it. */
export async function pushedCommitShape(
	world: World,
	repository: Repository,
	commit: Commit,
): Promise<object> {
	const changed = await git(
		repository.directory,
		"-c",
		"core.quotePath=false",
		"diff-tree",
		"--root",
		"--no-commit-id",
		"--name-status",
		"--no-renames",
		"-r",
		commit.sha,
	);
	const rows = changed.split("\n").map((row) => row.split("\t"));
	const paths = (letter: string): string[] =>
		rows.filter(([status]) => status === letter).map(([, path = ""]) => path);
	const person = (signer: Signer): object => {
		const account = accountBehind(world, signer);
		const { name, email, date } = signer;
		return { name, email, date, ...(account && { username: account.login }) };
	};
	return {
		id: commit.sha,
		tree_id: commit.tree,
		distinct: true,
		message: commit.message,
		timestamp: commit.committer.date,
		url: `${repositoryPage(world, repository)}/commit/${commit.sha}`,
		author: person(commit.author),
		committer: person(commit.committer),
		added: paths("A"),
		removed: paths("D"),
		modified: paths("M"),
	};
}
