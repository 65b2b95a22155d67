import { atLeast } from "./authorize.ts";
import { type CheckRequest, createCheck } from "./changes/checks.ts";
import { setDraft } from "./changes/draft.ts";
import { deleteIssue, transferIssue } from "./changes/issue-gone.ts";
import { pushFiles } from "./changes/push-files.ts";
import { isPull } from "./changes/tell.ts";
import type { OperationId } from "./operations.ts";
import { perform } from "./perform.ts";
import { notFound, Problem } from "./problem.ts";
import { checkPayload } from "./shapes/check.ts";
import {
	type Account,
	type CommitStatus,
	findAccount,
	findRepository,
	type Issue,
	type Reaction,
	type Repository,
	type Role,
	roleOf,
	type Side,
} from "./state.ts";
import { emit } from "./webhooks/emit.ts";
import type { Turn, World } from "./world.ts";

/** On one numbered thing (issue, pull request, comment, check run) of "owner/name". */
type Act<Rest extends unknown[], Result = unknown> = (
	repository: string,
	number: number,
	login: string,
	...rest: Rest
) => Promise<Result>;

export interface LineComment {
	path: string;
	line: number;
	body: string;
	side?: Side;
	start_line?: number;
}

/**
 * What people do on GitHub's pages. Each act is the same API call, with the
 * same rules, rights and webhooks; a refusal is thrown as a Problem.
 */
export interface Acts {
	openIssue(
		repository: string,
		login: string,
		issue: { title: string; body?: string; labels?: string[] },
	): Promise<{ number: number }>;
	editIssue: Act<
		[{ title?: string; body?: string; state?: "open" | "closed" }]
	>;
	comment: Act<[body: string], { id: number }>;
	editComment: Act<[body: string]>;
	react: Act<[Reaction["content"]]>;
	label: Act<[name: string]>;
	unlabel: Act<[name: string]>;
	lock: Act<[]>;
	unlock: Act<[]>;
	/** For the repository's administrators. */
	deleteIssue: Act<[]>;
	/** To another repository that the person may write to; gives the new number. */
	transferIssue: Act<[to: string], number>;
	/** One commit on a branch, the default one unless named; null removes a file. */
	push(
		repository: string,
		login: string,
		files: Readonly<Record<string, string | null>>,
		branch?: string,
	): Promise<string>;
	mergePull: Act<[method?: "merge" | "squash" | "rebase"]>;
	reviewPull: Act<
		[
			review: {
				event: "APPROVE" | "REQUEST_CHANGES" | "COMMENT";
				body?: string;
				comments?: LineComment[];
			},
		]
	>;
	replyToReview: Act<[commentId: number, body: string]>;
	readyForReview: Act<[]>;
	convertToDraft: Act<[]>;
	/** What the repository's own CI reports of a commit that the person pushed or had tested. */
	reportCi(
		repository: string,
		login: string,
		check: CheckRequest & { name: string; log?: string },
	): Promise<{ id: number }>;
	/** The same by the older way, as CI elsewhere does with the person's token. */
	setStatus(
		repository: string,
		login: string,
		sha: string,
		status: {
			state: CommitStatus["state"];
			context?: string;
			description?: string;
			target_url?: string;
		},
	): Promise<{ id: number }>;
	/** The number is the check run's id. */
	pressCheckButton: Act<[identifier: string]>;
	rerunCheck: Act<[]>;
}

/** The App that runs people's workflows. */
const CI = { id: 15_368, slug: "github-actions", name: "GitHub Actions" };

export function createActs(world: World): Acts {
	async function call<Result>(
		id: OperationId,
		repository: string,
		login: string,
		params: Record<string, string | number>,
		body?: unknown,
	): Promise<Result> {
		const account = requireAccount(world, login);
		const [owner, repo] = repository.split("/");
		const named = Object.entries({ owner, repo, ...params });
		const { answer, outbox } = await perform(world, {
			id,
			path: "/",
			params: Object.fromEntries(named.map(([key, at]) => [key, String(at)])),
			query: new URLSearchParams(),
			body,
			accept: "",
			caller: { kind: "person", account, token: null },
		});
		world.courier.send(outbox);
		if (answer.status < 300) return answer.body as Result;
		const { message, errors } = answer.body as Problem;
		throw new Problem(answer.status, message, errors);
	}

	/** For the few things that pages offer and the API does not. */
	async function act<Result>(
		repository: string,
		login: string,
		work: (turn: Turn, repository: Repository) => Promise<Result> | Result,
		needed: Role = "write",
	): Promise<Result> {
		const found = findRepository(world.state, repository);
		if (!found) throw notFound();
		const actor = requireAccount(world, login);
		requireRole(found, actor, needed);
		const turn: Turn = { world, actor, viaApp: false, outbox: [] };
		const result = await world.serially(found.id, async () =>
			work(turn, found),
		);
		world.courier.send(turn.outbox);
		return result;
	}

	const draftAct =
		(draft: boolean): Act<[]> =>
		(repository, number, login) =>
			act(repository, login, async (turn, found) => {
				const issue = found.issues.get(number);
				if (!issue || !isPull(issue)) throw notFound();
				await setDraft(turn, found, issue, draft);
			});

	return {
		openIssue: (at, login, { title, body, labels }) =>
			call("issues/create", at, login, {}, { title, body, labels }),
		editIssue: (at, issue_number, login, changes) =>
			call("issues/update", at, login, { issue_number }, changes),
		comment: (at, issue_number, login, body) =>
			call("issues/create-comment", at, login, { issue_number }, { body }),
		editComment: (at, comment_id, login, body) =>
			call("issues/update-comment", at, login, { comment_id }, { body }),
		react: (at, comment_id, login, content) =>
			call(
				"reactions/create-for-issue-comment",
				at,
				login,
				{ comment_id },
				{ content },
			),
		label: (at, issue_number, login, name) =>
			call(
				"issues/add-labels",
				at,
				login,
				{ issue_number },
				{ labels: [name] },
			),
		unlabel: (at, issue_number, login, name) =>
			call("issues/remove-label", at, login, { issue_number, name }),
		lock: (at, issue_number, login) =>
			call("issues/lock", at, login, { issue_number }),
		unlock: (at, issue_number, login) =>
			call("issues/unlock", at, login, { issue_number }),
		deleteIssue: (at, number, login) =>
			act(
				at,
				login,
				(turn, found) => deleteIssue(turn, found, plainIssue(found, number)),
				"admin",
			),
		transferIssue: (at, number, login, to) =>
			act(at, login, (turn, found) => {
				const target = findRepository(world.state, to);
				if (!target) throw notFound();
				requireRole(target, turn.actor, "write");
				return transferIssue(turn, found, plainIssue(found, number), target);
			}),
		push: (at, login, files, branch) =>
			act(at, login, (turn, found) =>
				pushFiles(
					turn,
					found,
					branch ?? found.defaultBranch,
					files,
					`Change ${Object.keys(files).join(", ")}`,
				),
			),
		mergePull: (at, pull_number, login, merge_method = "merge") =>
			call("pulls/merge", at, login, { pull_number }, { merge_method }),
		reviewPull: (at, pull_number, login, review) =>
			call("pulls/create-review", at, login, { pull_number }, review),
		replyToReview: (at, pull_number, login, comment_id, body) =>
			call(
				"pulls/create-reply-for-review-comment",
				at,
				login,
				{ pull_number, comment_id },
				{ body },
			),
		readyForReview: draftAct(false),
		convertToDraft: draftAct(true),
		reportCi: (at, login, { log, ...check }) =>
			act(at, login, (turn, found) =>
				createCheck(turn, found, check, {
					app: CI,
					...(log === undefined ? {} : { log }),
				}),
			),
		setStatus: (at, login, sha, status) =>
			call("repos/create-commit-status", at, login, { sha }, status),
		pressCheckButton: (at, checkId, login, identifier) =>
			act(at, login, (turn, found) => {
				const run = found.checkRuns.get(checkId);
				if (run?.status !== "completed") throw notFound();
				if (!run.actions.some((one) => one.identifier === identifier))
					throw notFound(`The check has no button ${identifier}.`);
				emit(turn, found, "check_run", "requested_action", {
					check_run: checkPayload(world, found, run),
					requested_action: { identifier },
				});
			}),
		rerunCheck: (at, checkId, login) =>
			act(at, login, (turn, found) => {
				const run = found.checkRuns.get(checkId);
				if (run?.status !== "completed") throw notFound();
				const check_run = checkPayload(world, found, run);
				emit(turn, found, "check_run", "rerequested", { check_run });
			}),
	};
}

function requireRole(found: Repository, actor: Account, needed: Role): void {
	if (!atLeast(roleOf(found, actor), needed))
		throw new Problem(403, `Must have ${needed} rights to Repository.`);
}

function plainIssue(found: Repository, number: number): Issue {
	const issue = found.issues.get(number);
	if (!issue || isPull(issue)) throw notFound();
	return issue;
}

function requireAccount(world: World, login: string): Account {
	const account = findAccount(world.state, login);
	if (!account) throw notFound(`There is no account ${login}.`);
	return account;
}
