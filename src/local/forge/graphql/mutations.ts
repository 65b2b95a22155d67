// What each mutation does: what REST does too is done by its operation. As on
// GitHub one that fails leaves the others alone.
import { GraphQLError } from "graphql";
import { atLeast, authorize } from "../authorize.ts";
import { setDraft } from "../changes/draft.ts";
import { isPull } from "../changes/tell.ts";
import type { OperationId } from "../operations.ts";
import { answerOrThrow } from "../perform.ts";
import { Problem } from "../problem.ts";
import { issuePage } from "../shapes/issue.ts";
import type { PullIssue } from "../shapes/pull.ts";
import { type Repository, roleOf } from "../state.ts";
import type { Outgoing } from "../webhooks/courier.ts";
import type { Caller, World } from "../world.ts";
import { type CheckRunInput, checkBody } from "./check-input.ts";
import type { Mutation } from "./kept.ts";

export interface Asking {
	readonly world: World;
	readonly caller: Caller;
	readonly outbox: Outgoing[];
}

type Resolver = (args: { input: never }) => Promise<unknown>;

interface PullInput {
	readonly pullRequestId: string;
	readonly title?: string;
	readonly body?: string;
	readonly baseRefName?: string;
	readonly state?: string;
}

export function mutations(asking: Asking): Record<Mutation, Resolver> {
	const draft =
		(wanted: boolean) =>
		async ({ input }: { input: PullInput }) => {
			const place = findPull(asking, input.pullRequestId);
			await changeDraft(asking, place, wanted);
			return { pullRequest: pullShape(asking, place) };
		};
	const all = {
		markPullRequestReadyForReview: draft(false),
		convertPullRequestToDraft: draft(true),

		async updatePullRequest({ input }: { input: PullInput }) {
			const place = findPull(asking, input.pullRequestId);
			const { title, body, baseRefName: base, state } = input;
			const pull_number = String(place.issue.number);
			await ask(
				asking,
				"pulls/update",
				place.repository,
				{ pull_number },
				{
					...{ title, body, base, state: state?.toLowerCase() },
				},
			);
			return { pullRequest: pullShape(asking, place) };
		},

		async createCheckRun({ input }: { input: CheckRunInput }) {
			const repository = findRepository(asking, input.repositoryId);
			const made = await ask(
				asking,
				"checks/create",
				repository,
				{},
				checkBody(input),
			);
			const { node_id: id, id: databaseId, html_url: url, name } = made;
			return { checkRun: { id, databaseId, url, name } };
		},
	};
	return Object.fromEntries(
		Object.entries(all).map(([name, resolve]) => [
			name,
			(args: { input: never }) => resolve(args).catch(explain),
		]),
	) as Record<Mutation, Resolver>;
}

/** By the operation of REST, with its rules and its webhooks. */
async function ask(
	{ world, caller, outbox }: Asking,
	id: OperationId,
	{ owner, name }: Repository,
	numbers: Record<string, string>,
	body: Record<string, unknown>,
): Promise<Record<string, unknown>> {
	const done = await answerOrThrow(world, {
		...{ id, caller, path: "/graphql", accept: "" },
		params: { owner: owner.login, repo: name, ...numbers },
		query: new URLSearchParams(),
		// What was not given must not read as given.
		body: JSON.parse(JSON.stringify(body)),
	});
	outbox.push(...done.outbox);
	const { status } = done.answer;
	if (status >= 400) throw new Problem(status, "Something went wrong");
	return done.answer.body as Record<string, unknown>;
}

interface Place {
	readonly repository: Repository;
	readonly issue: PullIssue;
}

async function changeDraft(
	{ world, caller, outbox }: Asking,
	{ repository, issue }: Place,
	wanted: boolean,
): Promise<void> {
	authorize("pulls/update", caller, repository, {
		issue_number: String(issue.number),
	});
	const { account: actor } = caller;
	const own = caller.kind !== "person" || actor?.id === issue.user.id;
	if (!actor || !(own || atLeast(roleOf(repository, actor), "write")))
		throw new Problem(403, "Resource not accessible by integration");
	const viaApp = caller.kind === "installation";
	await world.serially(repository.id, () =>
		setDraft({ world, actor, viaApp, outbox }, repository, issue, wanted),
	);
}

function findPull({ world }: Asking, nodeId: string): Place {
	for (const repository of world.state.repositories.values())
		for (const issue of repository.issues.values())
			if (isPull(issue) && `PR_${issue.pull.id}` === nodeId)
				return { repository, issue };
	throw unresolved(nodeId);
}

function findRepository({ world }: Asking, nodeId: string): Repository {
	for (const repository of world.state.repositories.values())
		if (`R_${repository.id}` === nodeId) return repository;
	throw unresolved(nodeId);
}

function pullShape({ world }: Asking, { repository, issue }: Place) {
	const state = issue.state === "open" ? "OPEN" : "CLOSED";
	return {
		id: `PR_${issue.pull.id}`,
		number: issue.number,
		title: issue.title,
		isDraft: issue.pull.draft,
		state: issue.pull.mergedAt ? "MERGED" : state,
		url: issuePage(world, repository, issue),
	};
}

const unresolved = (nodeId: string) =>
	new Problem(
		404,
		`Could not resolve to a node with the global id of '${nodeId}'.`,
	);

const TYPES: Record<number, string> = { 403: "FORBIDDEN", 404: "NOT_FOUND" };

function explain(error: unknown): never {
	if (!(error instanceof Problem)) throw error;
	const type = TYPES[error.status] ?? "UNPROCESSABLE";
	throw new GraphQLError(error.message, { extensions: { type } });
}
