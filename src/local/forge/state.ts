// What this GitHub knows, in memory. Git objects live in bare repositories on
// disk; everything a person or an app says about them lives here.

import type { Delivery, Installation, Token } from "./app-state.ts";
import type { CheckRun, CommitStatus, WorkflowRun } from "./ci-state.ts";

export type {
	Delivery,
	Installation,
	Permissions,
	Token,
} from "./app-state.ts";
export type {
	Annotation,
	CheckAction,
	CheckRun,
	CommitStatus,
	WorkflowRun,
} from "./ci-state.ts";

export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** A login is unique without regard to case; a bot's login ends in "[bot]". */
export interface Account {
	id: number;
	login: string;
	type: "User" | "Organization" | "Bot";
	createdAt: string;
}

export interface Repository {
	id: number;
	owner: Account;
	name: string;
	/** "owner/name" */
	fullName: string;
	private: boolean;
	defaultBranch: string;
	/** The bare git repository. */
	directory: string;
	createdAt: string;
	pushedAt: string;
	/** By lower-case login; who is absent has "read" here, or "none" when private. */
	roles: Map<string, Role>;
	/** By lower-case name. */
	labels: Map<string, Label>;
	/** By number; a pull request is an issue whose `pull` is set. */
	issues: Map<number, Issue>;
	comments: Map<number, Comment>;
	reviews: Map<number, Review>;
	reviewComments: Map<number, ReviewComment>;
	checkRuns: Map<number, CheckRun>;
	/** Oldest first. */
	statuses: CommitStatus[];
	workflowRuns: Map<number, WorkflowRun>;
	/** Commits that GitHub signed because the App made them in its own name. */
	verifiedCommits: Set<string>;
	lastNumber: number;
	/** Issues that were moved away: where each of them is now. */
	moved: Map<number, { repository: Repository; number: number }>;
}

export interface Label {
	id: number;
	name: string;
	/** Six hex digits, no "#". */
	color: string;
	description: string | null;
}

export interface Reaction {
	id: number;
	user: Account;
	content:
		| "+1"
		| "-1"
		| "laugh"
		| "confused"
		| "heart"
		| "hooray"
		| "rocket"
		| "eyes";
	createdAt: string;
}

export interface Issue {
	id: number;
	number: number;
	title: string;
	body: string | null;
	state: "open" | "closed";
	stateReason: "completed" | "not_planned" | "reopened" | null;
	user: Account;
	/** Written by the App itself, which GitHub shows beside the author. */
	viaApp: boolean;
	labels: Label[];
	reactions: Reaction[];
	events: IssueEvent[];
	createdAt: string;
	updatedAt: string;
	closedAt: string | null;
	closedBy: Account | null;
	locked: boolean;
	pull: Pull | null;
}

export interface Pull {
	id: number;
	/** Branch names, without "refs/heads/". */
	head: string;
	base: string;
	/** Follow the branches while the pull request is open, frozen afterwards. */
	headSha: string;
	baseSha: string;
	draft: boolean;
	mergedAt: string | null;
	mergedBy: Account | null;
	mergeCommitSha: string | null;
	/** Whose review is asked for and has not come since. */
	reviewers: Account[];
}

export interface IssueEvent {
	id: number;
	event:
		| "labeled"
		| "unlabeled"
		| "closed"
		| "reopened"
		| "renamed"
		| "merged"
		| "locked"
		| "unlocked"
		| "ready_for_review"
		| "convert_to_draft"
		| "review_requested";
	actor: Account;
	createdAt: string;
	commitSha: string | null;
	label: { name: string; color: string } | null;
	rename: { from: string; to: string } | null;
	/** Of whom a review is asked. */
	reviewer?: Account;
}

export interface Comment {
	id: number;
	/** The issue's or pull request's number. */
	number: number;
	user: Account;
	viaApp: boolean;
	body: string;
	createdAt: string;
	updatedAt: string;
	reactions: Reaction[];
}

export interface Review {
	id: number;
	number: number;
	user: Account;
	body: string;
	state: "PENDING" | "COMMENTED" | "APPROVED" | "CHANGES_REQUESTED";
	commitSha: string;
	submittedAt: string | null;
}

export type Side = "LEFT" | "RIGHT";

export interface ReviewComment {
	id: number;
	number: number;
	reviewId: number;
	/** The thread's first comment, or null when this is the first. */
	inReplyTo: number | null;
	user: Account;
	body: string;
	path: string;
	line: number;
	side: Side;
	startLine: number | null;
	startSide: Side | null;
	/** The line's place in the file's patch, counted from the first hunk. */
	position: number;
	commitSha: string;
	diffHunk: string;
	createdAt: string;
	updatedAt: string;
	reactions: Reaction[];
}

export interface State {
	/** By lower-case login. */
	accounts: Map<string, Account>;
	/** By lower-case "owner/name". */
	repositories: Map<string, Repository>;
	installations: Map<number, Installation>;
	tokens: Map<string, Token>;
	deliveries: Delivery[];
	lastId: number;
}

export function createState(): State {
	return {
		accounts: new Map(),
		repositories: new Map(),
		installations: new Map(),
		tokens: new Map(),
		deliveries: [],
		lastId: 1000,
	};
}

export function nextId(state: State): number {
	state.lastId += 1;
	return state.lastId;
}

/** The present moment as GitHub writes it: whole seconds, UTC. */
export function timestamp(): string {
	return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}

export function findRepository(
	state: State,
	fullName: string,
): Repository | undefined {
	return state.repositories.get(fullName.toLowerCase());
}

export function findAccount(state: State, login: string): Account | undefined {
	return state.accounts.get(login.toLowerCase());
}

export function installationOf(
	state: State,
	repository: Repository,
): Installation | undefined {
	return state.installations
		.values()
		.find(
			({ account, without }) =>
				account.id === repository.owner.id && !without.has(repository.id),
		);
}

/** The owner is an admin; everybody else is what was set, or a reader of what is public. */
export function roleOf(repository: Repository, account: Account): Role {
	if (account.id === repository.owner.id) return "admin";
	return (
		repository.roles.get(account.login.toLowerCase()) ??
		(repository.private ? "none" : "read")
	);
}
