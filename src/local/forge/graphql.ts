import { atLeast, authorize } from "./authorize.ts";
import { setDraft } from "./changes/draft.ts";
import { isPull } from "./changes/tell.ts";
import type { Performed } from "./perform.ts";
import { Problem } from "./problem.ts";
import { issuePage } from "./shapes/issue.ts";
import type { PullIssue } from "./shapes/pull.ts";
import { type Account, type Repository, roleOf } from "./state.ts";
import type { Caller, Turn, World } from "./world.ts";

/** The two things about a pull request that GitHub offers by GraphQL only. */
const MUTATIONS: Record<string, { draft: boolean }> = {
	markPullRequestReadyForReview: { draft: false },
	convertPullRequestToDraft: { draft: true },
};

const SHAPE =
	/^mutation[^{]*\{\s*(?<mutation>\w+)\s*\(\s*input\s*:\s*(?:\$(?<input>\w+)|\{(?<fields>[^}]*)\})\s*\)\s*\{\s*pullRequest\s*\{(?<wanted>[\s\w,]*)\}\s*\}\s*\}$/;

interface GraphqlRequest {
	query?: string;
	variables?: Record<string, unknown>;
}

/** GraphQL has no description to check against here, so these rules are by hand. */
export async function answerGraphql(
	world: World,
	caller: Caller,
	body: unknown,
): Promise<Performed> {
	if (caller.kind === "nobody" || caller.kind === "app")
		throw new Problem(401, "This endpoint requires you to be authenticated.");
	const { query = "", variables = {} } = (body ?? {}) as GraphqlRequest;
	const parts = SHAPE.exec(query.trim())?.groups;
	const mutation = MUTATIONS[parts?.mutation ?? ""];
	if (!parts || !mutation) return unknown(world, caller, query);
	const nodeId = readNodeId(parts, variables);
	const found = nodeId === null ? null : findPullByNode(world, nodeId);
	if (!found)
		return failed(
			"NOT_FOUND",
			`Could not resolve to a node with the global id of '${nodeId}'.`,
		);
	const { repository, issue } = found;
	const { account } = caller;
	if (!account || !mayChange(caller, account, repository, issue))
		return failed("FORBIDDEN", "Resource not accessible by integration");
	const viaApp = caller.kind === "installation";
	const turn: Turn = { world, actor: account, viaApp, outbox: [] };
	await world.serially(repository.id, () =>
		setDraft(turn, repository, issue, mutation.draft),
	);
	note(world, caller, parts.mutation ?? "");
	const fields = (parts.wanted ?? "").split(/[\s,]+/).filter(Boolean);
	const pullRequest = pick(world, repository, issue, fields);
	if (!pullRequest) return unknown(world, caller, query);
	const data = { [parts.mutation ?? ""]: { pullRequest } };
	return { answer: { status: 200, body: { data } }, outbox: turn.outbox };
}

function mayChange(
	caller: Caller,
	account: Account,
	repository: Repository,
	issue: PullIssue,
): boolean {
	try {
		const params = { issue_number: String(issue.number) };
		authorize("pulls/update", caller, repository, params);
	} catch {
		return false;
	}
	const own = caller.kind !== "person" || account.id === issue.user.id;
	return own || atLeast(roleOf(repository, account), "write");
}

function readNodeId(
	parts: Record<string, string | undefined>,
	variables: Record<string, unknown>,
): string | null {
	const input = variables[parts.input ?? ""] as
		| { pullRequestId?: unknown }
		| undefined;
	if (typeof input?.pullRequestId === "string") return input.pullRequestId;
	const [, literal, variable = ""] =
		/pullRequestId\s*:\s*(?:"([^"]+)"|\$(\w+))/.exec(parts.fields ?? "") ?? [];
	const value = literal ?? variables[variable];
	return typeof value === "string" ? value : null;
}

function findPullByNode(
	world: World,
	nodeId: string,
): { repository: Repository; issue: PullIssue } | null {
	for (const repository of world.state.repositories.values())
		for (const issue of repository.issues.values())
			if (isPull(issue) && `PR_${issue.pull.id}` === nodeId)
				return { repository, issue };
	return null;
}

/** Null when a field is asked for that this forge does not know. */
function pick(
	world: World,
	repository: Repository,
	issue: PullIssue,
	wanted: string[],
): Record<string, unknown> | null {
	const state = issue.state === "open" ? "OPEN" : "CLOSED";
	const known: Record<string, unknown> = {
		__typename: "PullRequest",
		id: `PR_${issue.pull.id}`,
		number: issue.number,
		title: issue.title,
		isDraft: issue.pull.draft,
		state: issue.pull.mergedAt ? "MERGED" : state,
		url: issuePage(world, repository, issue),
	};
	if (wanted.some((name) => !(name in known))) return null;
	return Object.fromEntries(wanted.map((name) => [name, known[name]]));
}

function failed(type: string, message: string): Performed {
	const body = { data: null, errors: [{ type, message }] };
	return { answer: { status: 200, body }, outbox: [] };
}

function unknown(world: World, caller: Caller, query: string): Performed {
	const faults = [`the forge does not understand: ${query}`];
	world.violations.push({ where: "request", what: "graphql", faults });
	note(world, caller, "unknown");
	return failed(
		"undefinedField",
		"The local GitHub knows only the mutations markPullRequestReadyForReview and convertPullRequestToDraft.",
	);
}

function note(world: World, caller: Caller, what: string): void {
	const by = caller.account?.login ?? "nobody";
	const operation = `graphql/${what}`;
	world.calls.push({ operation, status: 200, write: true, by });
}
