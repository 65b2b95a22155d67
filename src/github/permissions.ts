// Every GitHub call this app makes and the permission it needs: app.yml asks for
// exactly these, but for the optional ones, and a refusal is explained with them.

export type Permission =
	| "metadata"
	| "contents"
	| "issues"
	| "pull_requests"
	| "checks"
	| "statuses"
	| "actions";

export interface Call {
	/** GitHub's name for the operation. */
	readonly operation: string;
	readonly route: string;
	/** "app" where the App itself asks, with its own key. */
	readonly needs: `${Permission}:${"read" | "write"}` | "app";
	/** Only where the operator has jobs run on the repositories' own runners. */
	readonly optional?: true;
}

const REPO = "/repos/{owner}/{repo}";

const calls = (needs: Call["needs"], routes: Record<string, string>): Call[] =>
	Object.entries(routes).map(([operation, route]) => ({
		operation,
		route: route.replace("REPO", REPO),
		needs,
	}));

export const CALLS: readonly Call[] = [
	...calls("app", {
		"apps/get-authenticated": "GET /app",
		"apps/create-installation-access-token":
			"POST /app/installations/{installation_id}/access_tokens",
	}),
	...calls("metadata:read", {
		"repos/get": "GET REPO",
		"repos/get-collaborator-permission-level":
			"GET REPO/collaborators/{username}/permission",
	}),
	...calls("contents:read", {
		"repos/get-content": "GET REPO/contents/{path}",
		"repos/compare-commits-with-basehead": "GET REPO/compare/{basehead}",
		"git/get-ref": "GET REPO/git/ref/{ref}",
		"git/get-commit": "GET REPO/git/commits/{commit_sha}",
		"git/get-tree": "GET REPO/git/trees/{tree_sha}",
	}),
	...calls("contents:write", {
		"git/create-blob": "POST REPO/git/blobs",
		"git/create-tree": "POST REPO/git/trees",
		"git/create-commit": "POST REPO/git/commits",
		"git/create-ref": "POST REPO/git/refs",
		"git/update-ref": "PATCH REPO/git/refs/{ref}",
		"git/delete-ref": "DELETE REPO/git/refs/{ref}",
	}),
	...calls("issues:read", {
		"issues/get": "GET REPO/issues/{issue_number}",
		"issues/get-comment": "GET REPO/issues/comments/{comment_id}",
		"issues/list-comments": "GET REPO/issues/{issue_number}/comments",
	}),
	...calls("issues:write", {
		"issues/create-comment": "POST REPO/issues/{issue_number}/comments",
		"issues/update-comment": "PATCH REPO/issues/comments/{comment_id}",
		"issues/update": "PATCH REPO/issues/{issue_number}",
		"reactions/create-for-issue": "POST REPO/issues/{issue_number}/reactions",
		"reactions/create-for-issue-comment":
			"POST REPO/issues/comments/{comment_id}/reactions",
	}),
	...calls("pull_requests:read", {
		"pulls/list": "GET REPO/pulls",
		"pulls/get": "GET REPO/pulls/{pull_number}",
		"pulls/list-files": "GET REPO/pulls/{pull_number}/files",
		"pulls/list-reviews": "GET REPO/pulls/{pull_number}/reviews",
		"pulls/list-review-comments": "GET REPO/pulls/{pull_number}/comments",
	}),
	...calls("pull_requests:write", {
		"pulls/create": "POST REPO/pulls",
		"pulls/update": "PATCH REPO/pulls/{pull_number}",
		"pulls/create-review": "POST REPO/pulls/{pull_number}/reviews",
		"pulls/create-reply-for-review-comment":
			"POST REPO/pulls/{pull_number}/comments/{comment_id}/replies",
		"pulls/request-reviewers":
			"POST REPO/pulls/{pull_number}/requested_reviewers",
		"graphql/markPullRequestReadyForReview": "POST /graphql",
		"graphql/updatePullRequest": "POST /graphql",
	}),
	...calls("checks:read", {
		"checks/list-for-ref": "GET REPO/commits/{ref}/check-runs",
		"checks/get": "GET REPO/check-runs/{check_run_id}",
		"checks/list-annotations": "GET REPO/check-runs/{check_run_id}/annotations",
	}),
	...calls("checks:write", {
		"checks/create": "POST REPO/check-runs",
		"checks/update": "PATCH REPO/check-runs/{check_run_id}",
		"graphql/createCheckRun": "POST /graphql",
	}),
	...calls("statuses:read", {
		"repos/get-combined-status-for-ref": "GET REPO/commits/{ref}/status",
	}),
	...calls("actions:read", {
		"actions/download-job-logs-for-workflow-run":
			"GET REPO/actions/jobs/{job_id}/logs",
		"actions/get-workflow": "GET REPO/actions/workflows/{workflow_id}",
		"actions/list-workflow-runs":
			"GET REPO/actions/workflows/{workflow_id}/runs",
		"actions/get-workflow-run": "GET REPO/actions/runs/{run_id}",
		"actions/list-workflow-run-artifacts":
			"GET REPO/actions/runs/{run_id}/artifacts",
		"actions/download-artifact":
			"GET REPO/actions/artifacts/{artifact_id}/{archive_format}",
	}),
	...calls("actions:write", {
		"actions/create-workflow-dispatch":
			"POST REPO/actions/workflows/{workflow_id}/dispatches",
		"actions/cancel-workflow-run": "POST REPO/actions/runs/{run_id}/cancel",
	}).map((call) => ({ ...call, optional: true as const })),
];

const matcher = ({ route }: Call): RegExp => {
	const [method, path = ""] = route.split(" ");
	const pattern = path.replace(/\{(path|ref)\}/g, ".+");
	return new RegExp(`^${method} .*${pattern.replace(/\{\w+\}/g, "[^/]+")}$`);
};

const MATCHERS = CALLS.map((call) => [matcher(call), call] as const);

/** The call behind a request, to say what it would have needed. */
export function callOf(method: string, url: string): Call | undefined {
	const line = `${method} ${url.split("?", 1)[0]}`;
	// Longer routes first: ".../issues/1" also ends other addresses.
	return MATCHERS.filter(([pattern]) => pattern.test(line))
		.map(([, call]) => call)
		.sort((a, b) => b.route.length - a.route.length)[0];
}
