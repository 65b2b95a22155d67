import { type Commit, readCommit } from "../git/commits.ts";
import { ZERO_SHA } from "../git/objects.ts";
import { isAncestor, listCommits, readBranch } from "../git/refs.ts";
import { pushedCommitShape } from "../shapes/commit.ts";
import type { PullIssue } from "../shapes/pull.ts";
import { repositoryPage } from "../shapes/repository.ts";
import { type Repository, timestamp } from "../state.ts";
import { emit } from "../webhooks/emit.ts";
import type { Turn } from "../world.ts";
import { closeMentioned } from "./close-mentioned.ts";
import { closeIssue, record } from "./issues.ts";
import { isPull, tell } from "./tell.ts";

/**
 * What follows from a ref that now stands elsewhere: the push event, and pull
 * requests that follow their branches. A zero sha means the ref is new or gone.
 */
export async function branchMoved(
	turn: Turn,
	repository: Repository,
	ref: string,
	before: string,
	after: string,
): Promise<void> {
	repository.pushedAt = timestamp();
	await tellPush(turn, repository, ref, before, after);
	if (!ref.startsWith("refs/heads/")) return;
	const branch = ref.slice("refs/heads/".length);
	for (const issue of repository.issues.values()) {
		if (!isPull(issue) || issue.state !== "open") continue;
		if (issue.pull.head === branch)
			await moveHead(turn, repository, issue, before, after);
		else if (issue.pull.base === branch)
			await moveBase(turn, repository, issue, after);
	}
	if (branch !== repository.defaultBranch || after === ZERO_SHA) return;
	for (const commit of await newCommits(repository, before, after))
		await closeMentioned(turn, repository, commit.message, commit.sha);
}

async function moveHead(
	turn: Turn,
	repository: Repository,
	issue: PullIssue,
	before: string,
	after: string,
): Promise<void> {
	if (after === ZERO_SHA) return closeIssue(turn, repository, issue);
	issue.pull.headSha = after;
	issue.updatedAt = timestamp();
	await tell(turn, repository, issue, "synchronize", { before, after });
}

/** A pull request whose commits reached the base by another way counts as merged. */
async function moveBase(
	turn: Turn,
	repository: Repository,
	issue: PullIssue,
	after: string,
): Promise<void> {
	if (after === ZERO_SHA) return closeIssue(turn, repository, issue);
	const { pull } = issue;
	if (!(await isAncestor(repository.directory, pull.headSha, after))) {
		pull.baseSha = after;
		return;
	}
	pull.mergedAt = timestamp();
	pull.mergedBy = turn.actor;
	pull.mergeCommitSha = after;
	record(turn, issue, "merged", { commitSha: after });
	await closeIssue(turn, repository, issue);
}

async function newCommits(
	{ directory }: Repository,
	before: string,
	after: string,
) {
	if (after === ZERO_SHA) return [];
	const from = before === ZERO_SHA ? null : before;
	const shas = (await listCommits(directory, from, after)).reverse();
	const commits = await Promise.all(
		shas.map((sha) => readCommit(directory, sha)),
	);
	return commits.filter((commit) => commit !== null);
}

/** Whether the ref left commits behind. */
const lost = async ({ directory }: Repository, before: string, after: string) =>
	!(await isAncestor(directory, before, after));

/** GitHub lists no more commits than this in one push. */
const MOST_COMMITS = 2048;

async function tellPush(
	turn: Turn,
	repository: Repository,
	ref: string,
	before: string,
	after: string,
): Promise<void> {
	const { world, actor } = turn;
	const created = before === ZERO_SHA;
	const deleted = after === ZERO_SHA;
	// A new branch brings what the default branch does not have.
	const main = await readBranch(repository.directory, repository.defaultBranch);
	const known = created ? (main ?? ZERO_SHA) : before;
	const shape = (commit: Commit) =>
		pushedCommitShape(world, repository, commit);
	const [commits, forced] = await Promise.all([
		newCommits(repository, known, after),
		!created && !deleted && lost(repository, before, after),
	]);
	const shown = await Promise.all(commits.slice(0, MOST_COMMITS).map(shape));
	const newest = commits.length <= MOST_COMMITS ? commits.at(-1) : undefined;
	const head =
		newest?.sha === after
			? null
			: await readCommit(repository.directory, after);
	const page = repositoryPage(world, repository);
	emit(turn, repository, "push", null, {
		ref,
		before,
		after,
		created,
		deleted,
		forced,
		base_ref: null,
		compare: created
			? `${page}/commit/${after.slice(0, 12)}`
			: `${page}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
		commits: shown,
		head_commit: head ? await shape(head) : (shown.at(-1) ?? null),
		pusher: { name: actor.login, email: null },
	});
}
