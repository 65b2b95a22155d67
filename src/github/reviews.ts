// Reviews of pull requests: words, and comments at lines of the diff.
import { identityOf } from "../views/marker.ts";
import type { ReviewView } from "../views/review.ts";
import type { RepositoryClient } from "./app-client.ts";
import { createOnce, ONCE } from "./create-once.ts";
import { type DiffFile, placesIn } from "./diff-places.ts";
import { statusOf } from "./fault.ts";
import { isOurs } from "./ours.ts";

export interface ReviewRequest extends Omit<ReviewView, "key"> {
	readonly pull: number;
	readonly headSha: string;
	/** Begins the body; the review is known by it. */
	readonly marker: string;
}

interface Review {
	readonly id: number;
	readonly url: string;
}

/**
 * None where nothing lies in the diff, and where GitHub takes no words
 * either: the annotations of the checks say it all the same.
 */
export async function postReview(
	client: RepositoryClient,
	request: ReviewRequest,
	tried: boolean,
): Promise<Review> {
	const isInDiff = placesIn(await listFiles(client, request.pull));
	const placed = request.remarks.filter(isInDiff);
	if (placed.length === 0) return NONE;
	return createOnce(
		() => findReview(client, request),
		() => create(client, request, placed),
		client.secondMs,
		tried,
	);
}

/** GitHub may see the diff otherwise than it told: then all is said in words. */
const create = async (
	client: RepositoryClient,
	request: ReviewRequest,
	placed: ReviewRequest["remarks"],
): Promise<Review> =>
	(await unlessRefused(send(client, request, placed))) ??
	(await unlessRefused(send(client, request, []))) ??
	NONE;

/** Not posted, and not to be tried again. */
const NONE: Review = { id: 0, url: "" };

const unlessRefused = <T>(sent: Promise<T>): Promise<T | undefined> =>
	sent.catch((error) => {
		if (statusOf(error) === 422) return undefined;
		throw error;
	});

async function send(
	client: RepositoryClient,
	{ pull, headSha, marker, intro, remarks }: ReviewRequest,
	placed: ReviewRequest["remarks"],
): Promise<Review> {
	const inWords = remarks
		.filter((remark) => !placed.includes(remark))
		.map(({ inShort }) => `- ${inShort}`);
	const { data } = await client.octokit.rest.pulls.createReview({
		...client.at,
		...ONCE,
		pull_number: pull,
		commit_id: headSha,
		event: "COMMENT",
		body: [`${marker}\n\n${intro}`, inWords.join("\n")]
			.filter(Boolean)
			.join("\n\n"),
		comments: placed.map(({ path, startLine, endLine, comment }) => ({
			...{ path, body: comment, line: endLine, side: "RIGHT" },
			...(startLine < endLine
				? { start_line: startLine, start_side: "RIGHT" }
				: {}),
		})),
	});
	return { id: data.id, url: data.html_url };
}

async function listFiles(
	client: RepositoryClient,
	pull: number,
): Promise<DiffFile[]> {
	const files = await client.octokit.paginate(
		client.octokit.rest.pulls.listFiles,
		{ ...client.at, pull_number: pull, per_page: 100 },
	);
	return files.map(({ filename, patch }) => ({ path: filename, patch }));
}

export const listReviews = (client: RepositoryClient, pull: number) =>
	client.octokit.paginate(client.octokit.rest.pulls.listReviews, {
		...client.at,
		...{ pull_number: pull, per_page: 100 },
	});

async function findReview(
	client: RepositoryClient,
	{ pull, marker }: ReviewRequest,
): Promise<Review | undefined> {
	const wanted = identityOf(marker);
	const us = await client.identity();
	const found = (await listReviews(client, pull)).find(
		({ body, user }) => isOurs({ user }, us) && identityOf(body) === wanted,
	);
	return found && { id: found.id, url: found.html_url };
}
