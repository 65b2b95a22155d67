import { labelShape } from "../shapes/issue.ts";
import {
	type Issue,
	type IssueEvent,
	type Label,
	nextId,
	type Repository,
	timestamp,
} from "../state.ts";
import type { Turn } from "../world.ts";
import { tell } from "./tell.ts";

/** Adds a line to the issue's history. */
export function record(
	turn: Turn,
	issue: Issue,
	event: IssueEvent["event"],
	details: Partial<IssueEvent> = {},
): void {
	const now = timestamp();
	issue.updatedAt = now;
	issue.events.push({
		id: nextId(turn.world.state),
		event,
		actor: turn.actor,
		createdAt: now,
		commitSha: null,
		label: null,
		rename: null,
		...details,
	});
}

export function createIssue(
	turn: Turn,
	repository: Repository,
	title: string,
	body: string | null,
): Issue {
	const now = timestamp();
	repository.lastNumber += 1;
	const issue: Issue = {
		id: nextId(turn.world.state),
		number: repository.lastNumber,
		title,
		body,
		state: "open",
		stateReason: null,
		user: turn.actor,
		viaApp: turn.viaApp,
		labels: [],
		reactions: [],
		events: [],
		createdAt: now,
		updatedAt: now,
		closedAt: null,
		closedBy: null,
		locked: false,
		pull: null,
	};
	repository.issues.set(issue.number, issue);
	return issue;
}

export async function closeIssue(
	turn: Turn,
	repository: Repository,
	issue: Issue,
	reason: "completed" | "not_planned" = "completed",
	commitSha: string | null = null,
): Promise<void> {
	issue.state = "closed";
	issue.stateReason = issue.pull ? null : reason;
	issue.closedAt = timestamp();
	issue.closedBy = turn.actor;
	record(turn, issue, "closed", { commitSha });
	await tell(turn, repository, issue, "closed");
}

export async function reopenIssue(
	turn: Turn,
	repository: Repository,
	issue: Issue,
): Promise<void> {
	issue.state = "open";
	issue.stateReason = issue.pull ? null : "reopened";
	issue.closedAt = null;
	issue.closedBy = null;
	record(turn, issue, "reopened");
	await tell(turn, repository, issue, "reopened");
}

/** Locked: only those who may write still comment. */
export async function setLocked(
	turn: Turn,
	repository: Repository,
	issue: Issue,
	locked: boolean,
): Promise<void> {
	if (issue.locked === locked) return;
	issue.locked = locked;
	const action = locked ? "locked" : "unlocked";
	record(turn, issue, action);
	await tell(turn, repository, issue, action);
}

/** The repository's label of that name, made on the spot when there is none. */
export function ensureLabel(
	turn: Turn,
	repository: Repository,
	name: string,
	color = "ededed",
	description: string | null = null,
): Label {
	const key = name.toLowerCase();
	const found = repository.labels.get(key);
	if (found) return found;
	const label = { id: nextId(turn.world.state), name, color, description };
	repository.labels.set(key, label);
	return label;
}

export async function addLabel(
	turn: Turn,
	repository: Repository,
	issue: Issue,
	label: Label,
): Promise<void> {
	if (issue.labels.includes(label)) return;
	issue.labels.push(label);
	const { name, color } = label;
	record(turn, issue, "labeled", { label: { name, color } });
	const shape = labelShape(turn.world, repository, label);
	await tell(turn, repository, issue, "labeled", { label: shape });
}

export async function removeLabel(
	turn: Turn,
	repository: Repository,
	issue: Issue,
	label: Label,
): Promise<void> {
	issue.labels = issue.labels.filter((one) => one !== label);
	const { name, color } = label;
	record(turn, issue, "unlabeled", { label: { name, color } });
	const shape = labelShape(turn.world, repository, label);
	await tell(turn, repository, issue, "unlabeled", { label: shape });
}
