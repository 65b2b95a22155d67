import { atLeast } from "./authorize.ts";
import { setDraft } from "./changes/draft.ts";
import { isPull } from "./changes/tell.ts";
import type { OperationId } from "./operations.ts";
import { perform } from "./perform.ts";
import { notFound, Problem } from "./problem.ts";
import { checkPayload } from "./shapes/check.ts";
import {
	type Account,
	findAccount,
	findRepository,
	type Reaction,
	type Repository,
	roleOf,
} from "./state.ts";
import { emit } from "./webhooks/emit.ts";
import type { Turn, World } from "./world.ts";

/** A text in a pull request's diff. */
export interface LineComment {
	path: string;
	line: number;
	body: string;
	side?: "LEFT" | "RIGHT";
	start_line?: number;
}

/**
 * What people do on GitHub's pages. Each act is the same API call, with the
 * same rules, rights and webhooks; a refusal is thrown as a Problem.
 * `repository` is "owner/name".
 */
export type Acts = ReturnType<typeof createActs>;

export function createActs(world: World) {
	async function call(
		id: OperationId,
		repository: string,
		login: string,
		params: Record<string, string | number>,
		body?: unknown,
	): Promise<Record<string, unknown>> {
		const account = requireAccount(world, login);
		const [owner = "", repo = ""] = repository.split("/");
		const { answer, outbox } = await perform(world, {
			id,
			path: "/",
			params: {
				owner,
				repo,
				...Object.fromEntries(
					Object.entries(params).map(([key, value]) => [key, String(value)]),
				),
			},
			query: new URLSearchParams(),
			body,
			accept: "",
			caller: { kind: "person", account, token: null },
		});
		world.courier.send(outbox);
		const shape = answer.body as Record<string, unknown>;
		if (answer.status < 300) return shape;
		throw new Problem(answer.status, String(shape.message), [
			...((shape.errors as unknown[]) ?? []),
		]);
	}

	/** For the few things that pages offer and the API does not. */
	async function act(
		repository: string,
		login: string,
		work: (turn: Turn, repository: Repository) => Promise<void>,
	): Promise<void> {
		const found = findRepository(world.state, repository);
		if (!found) throw notFound();
		const actor = requireAccount(world, login);
		if (!atLeast(roleOf(found, actor), "write"))
			throw new Problem(403, "Must have write rights to Repository.");
		const turn: Turn = { world, actor, viaApp: false, outbox: [] };
		await world.serially(found.id, () => work(turn, found));
		world.courier.send(turn.outbox);
	}

	function draftAct(draft: boolean) {
		return (repository: string, number: number, login: string) =>
			act(repository, login, async (turn, found) => {
				const issue = found.issues.get(number);
				if (!issue || !isPull(issue)) throw notFound();
				await setDraft(turn, found, issue, draft);
			});
	}

	/** Says "requested_action" or "rerequested" of a finished check run. */
	async function tellCheck(
		repository: string,
		checkId: number,
		login: string,
		identifier: string | null,
	): Promise<void> {
		await act(repository, login, async (turn, found) => {
			const run = found.checkRuns.get(checkId);
			if (run?.status !== "completed") throw notFound();
			const check_run = checkPayload(world, found, run);
			if (identifier === null)
				return emit(turn, found, "check_run", "rerequested", { check_run });
			if (!run.actions.some((button) => button.identifier === identifier))
				throw notFound(`The check has no button ${identifier}.`);
			const requested_action = { identifier };
			const details = { check_run, requested_action };
			emit(turn, found, "check_run", "requested_action", details);
		});
	}

	return {
		openIssue: (
			repository: string,
			login: string,
			issue: { title: string; body?: string; labels?: string[] },
		) =>
			call("issues/create", repository, login, {}, pickIssue(issue)).then(
				({ number, id }) => ({ number: Number(number), id: Number(id) }),
			),

		editIssue: (
			repository: string,
			number: number,
			login: string,
			changes: { title?: string; body?: string; state?: "open" | "closed" },
		) =>
			call(
				"issues/update",
				repository,
				login,
				{ issue_number: number },
				changes,
			),

		comment: (
			repository: string,
			number: number,
			login: string,
			body: string,
		) =>
			call(
				"issues/create-comment",
				repository,
				login,
				{ issue_number: number },
				{ body },
			).then(({ id }) => ({ id: Number(id) })),

		editComment: (
			repository: string,
			commentId: number,
			login: string,
			body: string,
		) =>
			call(
				"issues/update-comment",
				repository,
				login,
				{ comment_id: commentId },
				{ body },
			),

		react: (
			repository: string,
			commentId: number,
			login: string,
			content: Reaction["content"],
		) =>
			call(
				"reactions/create-for-issue-comment",
				repository,
				login,
				{ comment_id: commentId },
				{ content },
			),

		label: (repository: string, number: number, login: string, name: string) =>
			call(
				"issues/add-labels",
				repository,
				login,
				{ issue_number: number },
				{ labels: [name] },
			),

		unlabel: (
			repository: string,
			number: number,
			login: string,
			name: string,
		) =>
			call("issues/remove-label", repository, login, {
				issue_number: number,
				name,
			}),

		mergePull: (
			repository: string,
			number: number,
			login: string,
			method: "merge" | "squash" | "rebase" = "merge",
		) =>
			call(
				"pulls/merge",
				repository,
				login,
				{ pull_number: number },
				{ merge_method: method },
			),

		reviewPull: (
			repository: string,
			number: number,
			login: string,
			review: {
				event: "APPROVE" | "REQUEST_CHANGES" | "COMMENT";
				body?: string;
				comments?: LineComment[];
			},
		) =>
			call(
				"pulls/create-review",
				repository,
				login,
				{ pull_number: number },
				review,
			),

		replyToReview: (
			repository: string,
			number: number,
			login: string,
			commentId: number,
			body: string,
		) =>
			call(
				"pulls/create-reply-for-review-comment",
				repository,
				login,
				{ pull_number: number, comment_id: commentId },
				{ body },
			),

		readyForReview: draftAct(false),
		convertToDraft: draftAct(true),

		pressCheckButton: (
			repository: string,
			checkId: number,
			login: string,
			identifier: string,
		) => tellCheck(repository, checkId, login, identifier),

		rerunCheck: (repository: string, checkId: number, login: string) =>
			tellCheck(repository, checkId, login, null),
	};
}

function requireAccount(world: World, login: string): Account {
	const account = findAccount(world.state, login);
	if (!account) throw notFound(`There is no account ${login}.`);
	return account;
}

/** A sample's issue may carry more than GitHub takes. */
function pickIssue(issue: { title: string; body?: string; labels?: string[] }) {
	const { title, body, labels } = issue;
	return {
		title,
		...(body !== undefined && { body }),
		...(labels && { labels }),
	};
}
