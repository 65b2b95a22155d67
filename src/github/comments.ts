// Comments on issues and pull requests.
import { identityOf } from "../views/marker.ts";
import type { RepositoryClient } from "./app-client.ts";
import { ONCE } from "./create-once.ts";
import { statusOf } from "./fault.ts";
import { isOurs } from "./ours.ts";

export interface Comment {
	readonly id: number;
	readonly url: string;
	readonly body: string;
	readonly author: string;
	/** true when this app wrote it. */
	readonly ours: boolean;
	readonly createdAt: string;
	readonly updatedAt: string;
}

type Raw = Awaited<
	ReturnType<RepositoryClient["octokit"]["rest"]["issues"]["getComment"]>
>["data"];

async function shape(client: RepositoryClient, raw: Raw): Promise<Comment> {
	return {
		id: raw.id,
		url: raw.html_url,
		body: raw.body ?? "",
		author: raw.user?.login ?? "ghost",
		ours: isOurs(raw, await client.identity()),
		createdAt: raw.created_at,
		updatedAt: raw.updated_at,
	};
}

/** undefined when it was deleted. */
export async function readComment(
	client: RepositoryClient,
	id: number,
): Promise<Comment | undefined> {
	try {
		const { data } = await client.octokit.rest.issues.getComment({
			...client.at,
			comment_id: id,
		});
		return await shape(client, data);
	} catch (error) {
		if (statusOf(error) === 404 || statusOf(error) === 410) return undefined;
		throw error;
	}
}

/** Our comment on the issue whose marker means the same as `body`'s. */
export async function findOurComment(
	client: RepositoryClient,
	issue: number,
	body: string,
): Promise<Comment | undefined> {
	const wanted = identityOf(body);
	if (!wanted) return undefined;
	const pages = client.octokit.paginate.iterator(
		client.octokit.rest.issues.listComments,
		{ ...client.at, issue_number: issue, per_page: 100 },
	);
	for await (const { data } of pages)
		for (const raw of data) {
			if (identityOf(raw.body ?? "") !== wanted) continue;
			const comment = await shape(client, raw);
			if (comment.ours) return comment;
		}
	return undefined;
}

export async function createComment(
	client: RepositoryClient,
	issue: number,
	body: string,
): Promise<Comment> {
	const { data } = await client.octokit.rest.issues.createComment({
		...client.at,
		...ONCE,
		issue_number: issue,
		body,
	});
	return shape(client, data);
}

/** undefined when the comment was deleted meanwhile. */
export async function updateComment(
	client: RepositoryClient,
	id: number,
	body: string,
): Promise<Comment | undefined> {
	try {
		const { data } = await client.octokit.rest.issues.updateComment({
			...client.at,
			comment_id: id,
			body,
		});
		return await shape(client, data);
	} catch (error) {
		if (statusOf(error) === 404 || statusOf(error) === 410) return undefined;
		throw error;
	}
}
