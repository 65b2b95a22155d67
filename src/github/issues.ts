// The issue that is the task.
import type { RepositoryClient } from "./app-client.ts";

export interface IssueFacts {
	readonly number: number;
	readonly title: string;
	readonly body: string;
	readonly author: string;
	readonly url: string;
	readonly open: boolean;
	readonly locked: boolean;
	readonly labels: readonly string[];
	readonly isPullRequest: boolean;
}

export async function readIssue(
	client: RepositoryClient,
	number: number,
): Promise<IssueFacts> {
	const { data } = await client.octokit.rest.issues.get({
		...client.at,
		issue_number: number,
	});
	return {
		number: data.number,
		title: data.title,
		body: data.body ?? "",
		author: data.user?.login ?? "ghost",
		url: data.html_url,
		open: data.state === "open",
		locked: data.locked,
		labels: data.labels.flatMap((label) =>
			typeof label === "string" ? [label] : (label.name ?? []),
		),
		isPullRequest: data.pull_request !== undefined,
	};
}

/** Closes it as completed; a closed one stays as it is. */
export async function closeIssue(
	client: RepositoryClient,
	number: number,
): Promise<void> {
	const { open } = await readIssue(client, number);
	if (!open) return;
	await client.octokit.rest.issues.update({
		...client.at,
		issue_number: number,
		state: "closed",
		state_reason: "completed",
	});
}
