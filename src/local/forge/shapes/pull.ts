import { compare, mergedTree } from "../git/comparison.ts";
import type { FileDiff } from "../git/diff.ts";
import type { Issue, Pull, Repository } from "../state.ts";
import type { World } from "../world.ts";
import { accountShape } from "./account.ts";
import { issueShape } from "./issue.ts";
import {
	repositoryApi,
	repositoryPage,
	repositoryShape,
} from "./repository.ts";

export type PullIssue = Issue & { pull: Pull };

/** A pull request lacks some of an issue's fields. */
const ISSUE_ONLY = new Set([
	"reactions",
	"performed_via_github_app",
	"state_reason",
	"events_url",
	"labels_url",
	"timeline_url",
	"repository_url",
	"comments",
]);

/** As lists show it, without what takes git to find out. */
export function pullShape(
	world: World,
	repository: Repository,
	issue: PullIssue,
): Record<string, unknown> {
	const { pull } = issue;
	const api = repositoryApi(world, repository);
	const url = `${api}/pulls/${issue.number}`;
	const shape = issueShape(world, repository, issue) as Record<string, unknown>;
	const { pull_request: links, ...shared } = shape;
	const end = (branch: string, sha: string): object => ({
		label: `${repository.owner.login}:${branch}`,
		ref: branch,
		sha,
		user: accountShape(world, repository.owner),
		repo: repositoryShape(world, repository),
	});
	return {
		...Object.fromEntries(
			Object.entries(shared).filter(([field]) => !ISSUE_ONLY.has(field)),
		),
		...(links as object),
		id: pull.id,
		node_id: `PR_${pull.id}`,
		url,
		issue_url: `${api}/issues/${issue.number}`,
		comments_url: `${api}/issues/${issue.number}/comments`,
		commits_url: `${url}/commits`,
		review_comments_url: `${url}/comments`,
		review_comment_url: `${api}/pulls/comments{/number}`,
		statuses_url: `${api}/statuses/${pull.headSha}`,
		draft: pull.draft,
		head: end(pull.head, pull.headSha),
		base: end(pull.base, pull.baseSha),
		merge_commit_sha: pull.mergeCommitSha,
		requested_reviewers: pull.reviewers.map((one) => accountShape(world, one)),
		requested_teams: [],
		auto_merge: null,
		_links: Object.fromEntries(
			Object.entries({
				self: url,
				html: `${repositoryPage(world, repository)}/pull/${issue.number}`,
				issue: `${api}/issues/${issue.number}`,
				comments: `${api}/issues/${issue.number}/comments`,
				review_comments: `${url}/comments`,
				review_comment: `${api}/pulls/comments{/number}`,
				commits: `${url}/commits`,
				statuses: `${api}/statuses/${pull.headSha}`,
			}).map(([name, href]) => [name, { href }]),
		),
	};
}

/** As `pulls/get` and every webhook show it. */
export async function fullPullShape(
	world: World,
	repository: Repository,
	issue: PullIssue,
): Promise<Record<string, unknown>> {
	const { pull } = issue;
	const { directory } = repository;
	const { commits, files } = await compare(
		directory,
		pull.baseSha,
		pull.headSha,
	);
	const open = issue.state === "open";
	const tree =
		open && (await mergedTree(directory, pull.baseSha, pull.headSha));
	const mergeable = open ? tree !== null : null;
	const sum = (count: (file: FileDiff) => number): number =>
		files.reduce((total, file) => total + count(file), 0);
	const mine = ({ number }: { number: number }): boolean =>
		number === issue.number;
	return {
		...pullShape(world, repository, issue),
		merged: pull.mergedAt !== null,
		merged_by: pull.mergedBy && accountShape(world, pull.mergedBy),
		mergeable,
		rebaseable: mergeable,
		mergeable_state: mergeableState(pull, mergeable),
		comments: [...repository.comments.values()].filter(mine).length,
		review_comments: [...repository.reviewComments.values()].filter(mine)
			.length,
		commits: commits.length,
		additions: sum((file) => file.additions),
		deletions: sum((file) => file.deletions),
		changed_files: files.length,
		maintainer_can_modify: false,
	};
}

function mergeableState(pull: Pull, mergeable: boolean | null): string {
	if (mergeable === null) return "unknown";
	if (!mergeable) return "dirty";
	return pull.draft ? "draft" : "clean";
}

export function fileShape(
	world: World,
	repository: Repository,
	commit: string,
	file: FileDiff,
): object {
	const path = file.path.split("/").map(encodeURIComponent).join("/");
	const page = repositoryPage(world, repository);
	return {
		sha: file.sha,
		filename: file.path,
		status: file.status,
		additions: file.additions,
		deletions: file.deletions,
		changes: file.additions + file.deletions,
		blob_url: `${page}/blob/${commit}/${path}`,
		raw_url: `${page}/raw/${commit}/${path}`,
		contents_url: `${repositoryApi(world, repository)}/contents/${path}?ref=${commit}`,
		...(file.patch !== null && { patch: file.patch }),
		...(file.previousPath !== null && { previous_filename: file.previousPath }),
	};
}
