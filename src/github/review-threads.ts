// Reviews that people give on pull requests, with their comments, and our
// answers in the threads of these.
import { identityOf } from "../views/marker.ts";
import type { RepositoryClient } from "./app-client.ts";
import { ONCE } from "./create-once.ts";
import { statusOf } from "./fault.ts";
import { isOurs } from "./ours.ts";
import { listReviews } from "./reviews.ts";

export interface ReviewComment {
	readonly id: number;
	readonly url: string;
	readonly path: string;
	/** Where it stands in the newest commit, else where it stood when it was made. */
	readonly line?: number;
	readonly body: string;
	/** The first comment of its thread. */
	readonly thread: number;
	readonly review?: number;
	readonly author: string;
	readonly ours: boolean;
}

export interface GivenReview {
	readonly author: string;
	readonly body: string;
	/** In their order. */
	readonly comments: readonly ReviewComment[];
	/** What was said before in the threads that it goes on with. */
	readonly earlier: readonly ReviewComment[];
}

type Raw = Awaited<
	ReturnType<RepositoryClient["octokit"]["rest"]["pulls"]["listReviewComments"]>
>["data"][number];

async function shape(
	client: RepositoryClient,
	raw: Omit<Raw, "_links">,
): Promise<ReviewComment> {
	const line = raw.line ?? raw.original_line;
	const { pull_request_review_id: review } = raw;
	return {
		...{ id: raw.id, url: raw.html_url, path: raw.path, body: raw.body },
		...(line ? { line } : {}),
		...(review ? { review } : {}),
		thread: raw.in_reply_to_id ?? raw.id,
		author: raw.user?.login ?? "ghost",
		ours: isOurs({ user: raw.user ?? null }, await client.identity()),
	};
}

/** undefined when there is no such review, or no longer. */
export async function readReview(
	client: RepositoryClient,
	pull: number,
	id: number,
): Promise<GivenReview | undefined> {
	const reviews = await listReviews(client, pull);
	const found = reviews.find((review) => review.id === id);
	if (!found) return undefined;
	const all = await readReviewComments(client, pull);
	const comments = all.filter(({ review }) => review === id);
	const threads = new Set(comments.map(({ thread }) => thread));
	const [first = Number.POSITIVE_INFINITY] = comments.map(({ id }) => id);
	return {
		author: found.user?.login ?? "ghost",
		body: found.body,
		comments,
		earlier: all.filter(({ thread, id }) => threads.has(thread) && id < first),
	};
}

async function readReviewComments(
	client: RepositoryClient,
	pull: number,
): Promise<ReviewComment[]> {
	const raw = await client.octokit.paginate(
		client.octokit.rest.pulls.listReviewComments,
		{ ...client.at, pull_number: pull, per_page: 100 },
	);
	return Promise.all(raw.map((one) => shape(client, one)));
}

/** Our comment on the pull request's lines whose marker means the same as `body`'s. */
export async function findOurAnswer(
	client: RepositoryClient,
	pull: number,
	body: string,
): Promise<ReviewComment | undefined> {
	const wanted = identityOf(body);
	if (!wanted) return undefined;
	return (await readReviewComments(client, pull)).find(
		(comment) => comment.ours && identityOf(comment.body) === wanted,
	);
}

/** The first comment of a thread on a pull request's lines. */
export interface Thread {
	readonly pull: number;
	readonly thread: number;
}

/** Stands for an answer in a thread that is gone. */
const NOWHERE = { id: 0, url: "" } as const;

export async function createAnswer(
	client: RepositoryClient,
	{ pull, thread }: Thread,
	body: string,
): Promise<Pick<ReviewComment, "id" | "url">> {
	try {
		const { data } =
			await client.octokit.rest.pulls.createReplyForReviewComment({
				...client.at,
				...ONCE,
				...{ pull_number: pull, comment_id: thread, body },
			});
		return { id: data.id, url: data.html_url };
	} catch (error) {
		if (statusOf(error) === 404 || statusOf(error) === 410) return NOWHERE;
		throw error;
	}
}

/** False where GitHub would not: the person may have left. */
export async function requestReview(
	client: RepositoryClient,
	pull: number,
	login: string,
): Promise<boolean> {
	try {
		await client.octokit.rest.pulls.requestReviewers({
			...client.at,
			...{ pull_number: pull, reviewers: [login] },
		});
		return true;
	} catch (error) {
		if (statusOf(error) === 422) return false;
		throw error;
	}
}
