import { answer, type Call, type Routes } from "../call.ts";
import { branchMoved } from "../changes/branch-moved.ts";
import { closeMentioned } from "../changes/close-mentioned.ts";
import { closeIssue, record } from "../changes/issues.ts";
import { signerFor } from "../changes/sign-commit.ts";
import { writeCommit } from "../git/commits.ts";
import { mergedTree } from "../git/comparison.ts";
import { rebase } from "../git/merge.ts";
import { writeRef } from "../git/refs.ts";
import { Problem } from "../problem.ts";
import type { PullIssue } from "../shapes/pull.ts";
import { timestamp } from "../state.ts";
import { findPull } from "./pulls.ts";

type Method = "merge" | "squash" | "rebase";

interface MergeRequest {
	merge_method?: Method;
	commit_title?: string;
	commit_message?: string;
	sha?: string;
}

export const mergeRoutes = {
	"pulls/merge": async (call) => {
		const { repository } = call;
		const issue = findPull(call);
		const wanted = (call.body ?? {}) as MergeRequest;
		requireMergeable(issue, wanted);
		const { pull } = issue;
		const sha = await mergedCommit(call, issue, wanted);
		if (!sha) throw new Problem(405, "Pull Request is not mergeable");
		const ref = `refs/heads/${pull.base}`;
		if (!(await writeRef(repository.directory, ref, sha, pull.baseSha)))
			throw new Problem(
				405,
				"Base branch was modified. Review and try the merge again.",
			);
		pull.mergedAt = timestamp();
		pull.mergedBy = call.actor;
		pull.mergeCommitSha = sha;
		record(call, issue, "merged", { commitSha: sha });
		await closeIssue(call, repository, issue);
		await branchMoved(call, repository, ref, pull.baseSha, sha);
		if (pull.base === repository.defaultBranch)
			await closeMentioned(call, repository, issue.body ?? "", sha);
		const message = "Pull Request successfully merged";
		return answer(200, { sha, merged: true, message });
	},
} satisfies Routes;

function requireMergeable(issue: PullIssue, { sha }: MergeRequest): void {
	if (issue.state === "closed")
		throw new Problem(405, "Pull Request is not mergeable");
	if (issue.pull.draft) throw new Problem(405, "Pull Request is still a draft");
	if (sha !== undefined && sha !== issue.pull.headSha)
		throw new Problem(
			409,
			"Head branch was modified. Review and try the merge again.",
		);
}

/** Null when the branches conflict. */
async function mergedCommit(
	call: Call,
	{ pull, number, title, body }: PullIssue,
	wanted: MergeRequest,
): Promise<string | null> {
	const { directory, owner } = call.repository;
	const { baseSha, headSha } = pull;
	const method = wanted.merge_method ?? "merge";
	const tree = await mergedTree(directory, baseSha, headSha);
	if (!tree) return null;
	if (method === "rebase") return rebase(directory, baseSha, headSha);
	const author = signerFor(call.actor);
	const committer = {
		name: "GitHub",
		email: "noreply@github.com",
		date: author.date,
	};
	const subject =
		method === "squash"
			? `${title} (#${number})`
			: `Merge pull request #${number} from ${owner.login}/${pull.head}`;
	const text = method === "squash" ? (body ?? "") : title;
	const sha = await writeCommit(directory, {
		tree,
		parents: method === "squash" ? [baseSha] : [baseSha, headSha],
		author,
		committer,
		message: [wanted.commit_title ?? subject, wanted.commit_message ?? text]
			.filter(Boolean)
			.join("\n\n"),
	});
	call.repository.verifiedCommits.add(sha);
	return sha;
}
