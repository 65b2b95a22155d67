// Reactions acknowledge without notifying anybody. Adding one twice adds it once.
import type { RepositoryClient } from "./app-client.ts";
import { statusOf, waitOf } from "./fault.ts";

export type Reaction = "eyes" | "rocket" | "confused";

/** Nothing happens when the comment is gone, or may not be reacted to any more. */
async function unlessGone(react: Promise<unknown>): Promise<void> {
	try {
		await react;
	} catch (error) {
		const isLocked = statusOf(error) === 403 && waitOf(error) === undefined;
		if (isLocked || [404, 410, 422].includes(statusOf(error) ?? 0)) return;
		throw error;
	}
}

export const reactToComment = (
	client: RepositoryClient,
	id: number,
	content: Reaction,
): Promise<void> =>
	unlessGone(
		client.octokit.rest.reactions.createForIssueComment({
			...client.at,
			comment_id: id,
			content,
		}),
	);

export const reactToIssue = (
	client: RepositoryClient,
	issue: number,
	content: Reaction,
): Promise<void> =>
	unlessGone(
		client.octokit.rest.reactions.createForIssue({
			...client.at,
			issue_number: issue,
			content,
		}),
	);
