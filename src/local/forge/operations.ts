import type { Role } from "./state.ts";

/** One of GitHub's operations that this forge answers, and who may call it. */
export interface Operation {
	/**
	 * "app" means the App's own JSON Web Token; "token" a person or an
	 * installation; "installation" and "person" only that one.
	 */
	caller: "anyone" | "app" | "token" | "installation" | "person";
	/** What an installation token must hold, e.g. "contents:write"; any one of them is enough. */
	permissions: string[];
	/** The least role a person needs in the repository. */
	role: Role;
}

const open: Operation = { caller: "anyone", permissions: [], role: "none" };
const app: Operation = { caller: "app", permissions: [], role: "none" };

function reads(...nouns: string[]): Operation {
	const permissions = nouns.map((noun) => `${noun}:read`);
	return { caller: "token", permissions, role: "read" };
}

function writes(role: Role, ...nouns: string[]): Operation {
	const permissions = nouns.map((noun) => `${noun}:write`);
	return { caller: "token", permissions, role };
}

function only(caller: Operation["caller"], operation: Operation): Operation {
	return { ...operation, caller };
}

// Issue routes serve pull requests as well, hence two permissions of which one
// is enough; for a plain issue GitHub insists on "issues".
const operations = {
	"meta/root": open,
	"rate-limit/get": open,
	"apps/get-authenticated": app,
	"apps/get-installation": app,
	"apps/get-repo-installation": app,
	"apps/list-installations": app,
	"apps/create-installation-access-token": app,
	"apps/list-webhook-deliveries": app,
	"apps/get-webhook-delivery": app,
	"apps/redeliver-webhook-delivery": app,
	"apps/list-repos-accessible-to-installation": only(
		"installation",
		reads("metadata"),
	),
	"users/get-by-username": open,
	"users/get-authenticated": only("person", open),
	"repos/get": reads("metadata"),
	"repos/get-content": reads("contents"),
	"repos/get-branch": reads("contents"),
	"repos/get-commit": reads("contents"),
	"repos/list-commits": reads("contents"),
	"repos/compare-commits-with-basehead": reads("contents"),
	"repos/get-collaborator-permission-level": reads("metadata"),
	"repos/get-combined-status-for-ref": reads("statuses"),
	"repos/create-commit-status": writes("write", "statuses"),
	"repos/create-or-update-file-contents": writes("write", "contents"),
	"git/get-ref": reads("contents"),
	"git/create-ref": writes("write", "contents"),
	"git/update-ref": writes("write", "contents"),
	"git/delete-ref": writes("write", "contents"),
	"git/get-commit": reads("contents"),
	"git/create-commit": writes("write", "contents"),
	"git/get-tree": reads("contents"),
	"git/create-tree": writes("write", "contents"),
	"git/get-blob": reads("contents"),
	"git/create-blob": writes("write", "contents"),
	"issues/get": reads("issues", "pull_requests"),
	"issues/list-for-repo": reads("issues", "pull_requests"),
	"issues/create": writes("read", "issues"),
	"issues/update": writes("read", "issues", "pull_requests"),
	"issues/get-comment": reads("issues", "pull_requests"),
	"issues/list-comments": reads("issues", "pull_requests"),
	"issues/create-comment": writes("read", "issues", "pull_requests"),
	"issues/update-comment": writes("read", "issues", "pull_requests"),
	"issues/list-labels-on-issue": reads("issues", "pull_requests"),
	"issues/add-labels": writes("triage", "issues", "pull_requests"),
	"issues/remove-label": writes("triage", "issues", "pull_requests"),
	"issues/get-label": reads("issues", "pull_requests"),
	"issues/create-label": writes("write", "issues", "pull_requests"),
	"issues/list-events": reads("issues", "pull_requests"),
	"issues/lock": writes("write", "issues", "pull_requests"),
	"issues/unlock": writes("write", "issues", "pull_requests"),
	"reactions/create-for-issue": writes("read", "issues"),
	"reactions/create-for-issue-comment": writes(
		"read",
		"issues",
		"pull_requests",
	),
	"reactions/list-for-issue-comment": reads("issues", "pull_requests"),
	"pulls/list": reads("pull_requests"),
	"pulls/get": reads("pull_requests"),
	"pulls/create": writes("read", "pull_requests"),
	"pulls/update": writes("read", "pull_requests"),
	"pulls/list-files": reads("pull_requests"),
	"pulls/list-commits": reads("pull_requests"),
	"pulls/merge": writes("write", "contents"),
	"pulls/create-review": writes("read", "pull_requests"),
	"pulls/list-reviews": reads("pull_requests"),
	"pulls/list-review-comments": reads("pull_requests"),
	"pulls/create-review-comment": writes("read", "pull_requests"),
	"pulls/create-reply-for-review-comment": writes("read", "pull_requests"),
	"pulls/request-reviewers": writes("write", "pull_requests"),
	"checks/create": only("installation", writes("write", "checks")),
	"checks/update": only("installation", writes("write", "checks")),
	"checks/get": reads("checks"),
	"checks/list-for-ref": reads("checks"),
	"checks/list-annotations": reads("checks"),
	"actions/download-job-logs-for-workflow-run": reads("actions"),
	"actions/get-workflow": reads("actions"),
	"actions/create-workflow-dispatch": writes("write", "actions"),
	"actions/list-workflow-runs": reads("actions"),
	"actions/get-workflow-run": reads("actions"),
	"actions/cancel-workflow-run": writes("write", "actions"),
	"actions/list-workflow-run-artifacts": reads("actions"),
	"actions/download-artifact": reads("actions"),
} satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;

export const OPERATIONS: Readonly<Record<OperationId, Operation>> = operations;

export function isWrite(id: OperationId): boolean {
	return OPERATIONS[id].permissions.some((one) => one.endsWith(":write"));
}

export const OPERATION_IDS = Object.keys(operations) as OperationId[];

/** The webhooks this forge sends, by GitHub's names for their schemas. */
export const WEBHOOKS = [
	"check-run-completed",
	"check-run-created",
	"check-run-requested-action",
	"check-run-rerequested",
	"installation-created",
	"installation-deleted",
	"installation-repositories-added",
	"installation-repositories-removed",
	"installation-suspend",
	"issue-comment-created",
	"issue-comment-edited",
	"issues-closed",
	"issues-deleted",
	"issues-edited",
	"issues-labeled",
	"issues-locked",
	"issues-opened",
	"issues-reopened",
	"issues-transferred",
	"issues-unlabeled",
	"issues-unlocked",
	"pull-request-closed",
	"pull-request-converted-to-draft",
	"pull-request-edited",
	"pull-request-labeled",
	"pull-request-opened",
	"pull-request-ready-for-review",
	"pull-request-reopened",
	"pull-request-review-requested",
	"pull-request-review-comment-created",
	"pull-request-review-submitted",
	"pull-request-synchronize",
	"pull-request-unlabeled",
	"push",
	"repository-deleted",
	"status",
	"workflow-run-completed",
] as const;
