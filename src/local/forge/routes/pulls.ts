import { answer, type Call, findIssue, paged, type Routes } from "../call.ts";
import { closeIssue, createIssue, reopenIssue } from "../changes/issues.ts";
import { isPull, tell } from "../changes/tell.ts";
import { compare } from "../git/comparison.ts";
import { readBranch } from "../git/refs.ts";
import { invalid, notFound, Problem, refused } from "../problem.ts";
import {
	fileShape,
	fullPullShape,
	type PullIssue,
	pullShape,
} from "../shapes/pull.ts";
import { nextId, type Repository } from "../state.ts";
import { checkBody, requireTitle } from "../text.ts";
import { asText, pagedCommits } from "./commits.ts";
import { checkText, editText, requireAuthorship } from "./issues.ts";

export function findPull(call: Call): PullIssue {
	const issue = findIssue(call, "pull_number");
	if (!isPull(issue)) throw notFound();
	return issue;
}

function pullsOf(repository: Repository): PullIssue[] {
	return [...repository.issues.values()].filter(isPull);
}

/** "alice:topic" and "topic" name the same branch of alice's repository. */
function branchName({ owner }: Repository, name: string): string | null {
	const [, login, branch = name] = /^([^:]+):(.+)$/.exec(name) ?? [];
	if (login && login.toLowerCase() !== owner.login.toLowerCase()) return null;
	return branch;
}

export const pullRoutes = {
	"pulls/list": (call) => {
		const { world, repository, query } = call;
		const state = query.get("state") ?? "open";
		const head = query.get("head");
		const base = query.get("base");
		const branch = head && branchName(repository, head);
		// Pull requests are listed newest first unless they are sorted otherwise.
		const upwards = query.get("sort")
			? query.get("direction") !== "desc"
			: query.get("direction") === "asc";
		const byUpdate = query.get("sort") === "updated";
		const key = (issue: PullIssue): number =>
			byUpdate ? Date.parse(issue.updatedAt) : issue.number;
		const pulls = pullsOf(repository)
			.filter(
				(issue) =>
					(state === "all" || issue.state === state) &&
					(!head || issue.pull.head === branch) &&
					(!base || issue.pull.base === base),
			)
			.sort((a, b) => (key(a) - key(b)) * (upwards ? 1 : -1));
		return paged(call, pulls, (issue) => pullShape(world, repository, issue));
	},

	"pulls/get": async (call) => {
		const { world, repository } = call;
		const issue = findPull(call);
		const { baseSha, headSha } = issue.pull;
		const { mergeBase } = await compare(repository.directory, baseSha, headSha);
		const text = await asText(call, mergeBase ?? baseSha, headSha);
		return text ?? answer(200, await fullPullShape(world, repository, issue));
	},

	"pulls/create": async (call) => {
		const { world, repository } = call;
		const wanted = call.body as PullRequest;
		const title = requireTitle("PullRequest", wanted.title);
		checkBody("PullRequest", wanted.body);
		const pull = await openRange(repository, wanted);
		const issue = createIssue(call, repository, title, wanted.body ?? null);
		issue.pull = {
			...pull,
			id: nextId(world.state),
			draft: wanted.draft ?? false,
			mergedAt: null,
			mergedBy: null,
			mergeCommitSha: null,
			reviewers: [],
		};
		await tell(call, repository, issue, "opened");
		const shape = await fullPullShape(world, repository, issue as PullIssue);
		return answer(201, shape);
	},

	"pulls/update": async (call) => {
		const { world, repository } = call;
		const issue = findPull(call);
		requireAuthorship(call, issue.user);
		const wanted = call.body as PullUpdate;
		checkText(issue, wanted);
		const { head, base } = issue.pull;
		const moves = wanted.base !== undefined && wanted.base !== base;
		const range = { head, base: wanted.base ?? base };
		const to = moves ? await openRange(repository, range) : null;
		if (wanted.state === "open" && issue.state === "closed")
			await reopen(call, issue);
		const from = { ref: { from: base }, sha: { from: issue.pull.baseSha } };
		Object.assign(issue.pull, to);
		await editText(call, issue, wanted, to ? { base: from } : {});
		if (wanted.state === "closed" && issue.state === "open")
			await closeIssue(call, repository, issue);
		return answer(200, await fullPullShape(world, repository, issue));
	},

	"pulls/list-files": async (call) => {
		const { world, repository } = call;
		const { baseSha, headSha } = findPull(call).pull;
		const { files } = await compare(repository.directory, baseSha, headSha);
		return paged(call, files, (file) =>
			fileShape(world, repository, headSha, file),
		);
	},

	"pulls/list-commits": async (call) => {
		const { baseSha, headSha } = findPull(call).pull;
		const { directory } = call.repository;
		const { commits } = await compare(directory, baseSha, headSha);
		return pagedCommits(call, commits);
	},
} satisfies Routes;

interface PullRequest {
	title?: string;
	head: string;
	base: string;
	body?: string | null;
	draft?: boolean;
}

interface PullUpdate {
	title?: string;
	body?: string | null;
	state?: "open" | "closed";
	base?: string;
}

/** Must be two branches, with something between them and no open pull request yet. */
async function openRange(
	repository: Repository,
	wanted: Pick<PullRequest, "head" | "base">,
): Promise<{ head: string; base: string; headSha: string; baseSha: string }> {
	const { directory, owner } = repository;
	const head = branchName(repository, wanted.head);
	const headSha = head && (await readBranch(directory, head));
	if (!head || !headSha) throw invalid("PullRequest", "head", "invalid");
	const base = wanted.base;
	const baseSha = await readBranch(directory, base);
	if (!baseSha) throw invalid("PullRequest", "base", "invalid");
	const twin = pullsOf(repository).find(
		({ state, pull }) =>
			state === "open" && pull.head === head && pull.base === base,
	);
	if (twin)
		throw refused(
			"PullRequest",
			`A pull request already exists for ${owner.login}:${head}.`,
		);
	const { commits, mergeBase } = await compare(directory, baseSha, headSha);
	if (!mergeBase)
		throw refused(
			"PullRequest",
			`The ${head} branch has no history in common with ${base}`,
		);
	if (commits.length === 0)
		throw refused("PullRequest", `No commits between ${base} and ${head}`);
	return { head, base, headSha, baseSha };
}

async function reopen(call: Call, issue: PullIssue): Promise<void> {
	const { repository } = call;
	if (issue.pull.mergedAt)
		throw new Problem(422, "Validation Failed", [
			{
				resource: "PullRequest",
				field: "state",
				code: "custom",
				message:
					"state cannot be changed. The pull request cannot be reopened.",
			},
		]);
	Object.assign(issue.pull, await openRange(repository, issue.pull));
	await reopenIssue(call, repository, issue);
}
