import { atLeast } from "../authorize.ts";
import { answer, type Call, findIssue, paged, type Routes } from "../call.ts";
import {
	addLabel,
	closeIssue,
	createIssue,
	ensureLabel,
	record,
	removeLabel,
	reopenIssue,
	setLocked,
} from "../changes/issues.ts";
import { tell } from "../changes/tell.ts";
import { Problem } from "../problem.ts";
import { eventShape, issueShape } from "../shapes/issue.ts";
import { type Account, type Issue, roleOf } from "../state.ts";
import { checkBody, requireTitle } from "../text.ts";

/** An author may always change their own words; others need triage. */
export function requireAuthorship(
	{ caller, repository, actor }: Call,
	author: Account,
): void {
	if (caller.kind !== "person" || actor.id === author.id) return;
	if (!atLeast(roleOf(repository, actor), "triage"))
		throw new Problem(
			403,
			"Must be the author or have triage rights to Repository.",
		);
}

/** People below triage may open issues, but their labels are silently left out. */
function mayLabel({ caller, repository, actor }: Call): boolean {
	return (
		caller.kind !== "person" || atLeast(roleOf(repository, actor), "triage")
	);
}

export const issueRoutes = {
	"issues/get": (call) =>
		answer(200, issueShape(call.world, call.repository, findIssue(call))),

	"issues/list-for-repo": (call) =>
		paged(call, listIssues(call), (issue) =>
			issueShape(call.world, call.repository, issue),
		),

	"issues/create": async (call) => {
		const { world, repository } = call;
		const { title, body, labels } = call.body as IssueRequest;
		const text = requireTitle("Issue", title);
		checkBody("Issue", body);
		const issue = createIssue(call, repository, text, body ?? null);
		// GitHub tells of the opening first, with the labels already in place,
		// then of each label.
		const wanted = (mayLabel(call) ? labelNames(labels) : []).map((name) =>
			ensureLabel(call, repository, name),
		);
		issue.labels = [...new Set(wanted)];
		await tell(call, repository, issue, "opened");
		const chosen = issue.labels;
		issue.labels = [];
		for (const label of chosen) await addLabel(call, repository, issue, label);
		return answer(201, issueShape(world, repository, issue));
	},

	"issues/update": async (call) => {
		const { world, repository } = call;
		const issue = findIssue(call);
		requireAuthorship(call, issue.user);
		const wanted = call.body as IssueRequest & {
			state?: "open" | "closed";
			state_reason?: "completed" | "not_planned" | "reopened" | null;
		};
		checkText(issue, wanted);
		if (wanted.state && issue.pull?.mergedAt)
			throw new Problem(422, "Validation Failed");
		await editText(call, issue, wanted);
		if (wanted.labels && mayLabel(call))
			await setLabels(call, issue, labelNames(wanted.labels));
		const reason =
			wanted.state_reason === "not_planned" ? "not_planned" : "completed";
		if (wanted.state === "closed" && issue.state === "open")
			await closeIssue(call, repository, issue, reason);
		if (wanted.state === "open" && issue.state === "closed")
			await reopenIssue(call, repository, issue);
		return answer(200, issueShape(world, repository, issue));
	},

	"issues/lock": async (call) => {
		await setLocked(call, call.repository, findIssue(call), true);
		return { status: 204 };
	},

	"issues/unlock": async (call) => {
		await setLocked(call, call.repository, findIssue(call), false);
		return { status: 204 };
	},

	"issues/list-events": (call) =>
		paged(call, findIssue(call).events, (event) =>
			eventShape(call.world, call.repository, event),
		),
} satisfies Routes;

interface IssueRequest {
	title?: string | number | null;
	body?: string | null;
	labels?: (string | { name?: string })[];
}

function labelNames(labels: IssueRequest["labels"] = []): string[] {
	return labels
		.map((label) => (typeof label === "string" ? label : (label.name ?? "")))
		.filter(Boolean);
}

interface TextChange {
	title?: unknown;
	body?: string | null;
}

export function checkText(issue: Issue, { title, body }: TextChange): void {
	const resource = issue.pull ? "PullRequest" : "Issue";
	if (title != null) requireTitle(resource, title);
	checkBody(resource, body);
}

/** New, checked words for an issue or pull request, told as one "edited". */
export async function editText(
	call: Call,
	issue: Issue,
	wanted: TextChange,
	changes: Record<string, unknown> = {},
): Promise<void> {
	const title = String(wanted.title ?? issue.title);
	const body = wanted.body === undefined ? issue.body : wanted.body;
	if (title !== issue.title) {
		changes.title = { from: issue.title };
		const rename = { from: issue.title, to: title };
		record(call, issue, "renamed", { rename });
	}
	if (body !== issue.body) changes.body = { from: issue.body ?? "" };
	if (Object.keys(changes).length === 0) return;
	Object.assign(issue, { title, body });
	issue.updatedAt = new Date().toISOString().replace(/\.\d+/, "");
	await tell(call, call.repository, issue, "edited", { changes });
}

async function setLabels(
	call: Call,
	issue: Issue,
	names: string[],
): Promise<void> {
	const { repository } = call;
	const wanted = names.map((name) => ensureLabel(call, repository, name));
	for (const label of issue.labels)
		if (!wanted.includes(label))
			await removeLabel(call, repository, issue, label);
	for (const label of wanted) await addLabel(call, repository, issue, label);
}

function listIssues({ repository, query }: Call): Issue[] {
	const state = query.get("state") ?? "open";
	const labels = (query.get("labels") ?? "").toLowerCase().split(",");
	const creator = query.get("creator")?.toLowerCase();
	const since = query.get("since");
	const newestFirst = query.get("direction") !== "asc";
	const by = query.get("sort") ?? "created";
	const key = (issue: Issue): number => {
		if (by === "updated") return Date.parse(issue.updatedAt);
		if (by !== "comments") return issue.number;
		return [...repository.comments.values()].filter(
			({ number }) => number === issue.number,
		).length;
	};
	const has = (issue: Issue, name: string): boolean =>
		issue.labels.some((label) => label.name.toLowerCase() === name.trim());
	return [...repository.issues.values()]
		.filter(
			(issue) =>
				(state === "all" || issue.state === state) &&
				labels.filter(Boolean).every((name) => has(issue, name)) &&
				(!creator || issue.user.login.toLowerCase() === creator) &&
				(!since || Date.parse(issue.updatedAt) >= Date.parse(since)),
		)
		.sort((a, b) => (key(a) - key(b)) * (newestFirst ? -1 : 1));
}
