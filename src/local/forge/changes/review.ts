import { compare } from "../git/comparison.ts";
import { listPlaces, type Place } from "../git/patch.ts";
import type { PullIssue } from "../shapes/pull.ts";
import { pullShape } from "../shapes/pull.ts";
import { reviewCommentShape, reviewShape } from "../shapes/review.ts";
import {
	nextId,
	type Repository,
	type Review,
	type ReviewComment,
	type Side,
	timestamp,
} from "../state.ts";
import { emit } from "../webhooks/emit.ts";
import type { Turn } from "../world.ts";

export interface CommentInput {
	path: string;
	body: string;
	line?: number;
	side?: Side;
	start_line?: number | null;
	start_side?: Side | null;
	/** GitHub's old way to name a line; used when there is no `line`. */
	position?: number;
}

export type PlacedComment = Pick<
	ReviewComment,
	| "path"
	| "body"
	| "line"
	| "side"
	| "startLine"
	| "startSide"
	| "position"
	| "diffHunk"
	| "commitSha"
	| "inReplyTo"
>;

/** Where in the diff a comment stands, or which part of it names no such place. */
export async function placeComment(
	{ directory }: Repository,
	{ pull }: PullIssue,
	input: CommentInput,
	commitSha: string,
): Promise<PlacedComment | "path" | "line" | "start_line"> {
	const { files } = await compare(directory, pull.baseSha, commitSha);
	const file = files.find(({ path }) => path === input.path);
	if (!file?.patch) return "path";
	const places = listPlaces(file.patch);
	const { side = "RIGHT", start_line: start, body, path } = input;
	const at = (line: number, where: Side): Place | undefined =>
		places.find((one) => one.line === line && one.side === where);
	const place =
		input.line === undefined
			? places.find(({ position }) => position === input.position)
			: at(input.line, side);
	if (!place) return "line";
	const startSide = start == null ? null : (input.start_side ?? side);
	if (start != null && startSide) {
		const first = at(start, startSide);
		const before = first && first.position < place.position;
		if (!before || first.hunkIndex !== place.hunkIndex) return "start_line";
	}
	return {
		path,
		body,
		line: place.line,
		side: input.line === undefined ? place.side : side,
		startLine: start ?? null,
		startSide,
		position: place.position,
		diffHunk: place.hunk,
		commitSha,
		inReplyTo: null,
	};
}

/** Keeps a review with its comments and, unless it is pending, tells of it. */
export async function publishReview(
	turn: Turn & { repository: Repository },
	issue: PullIssue,
	input: Pick<Review, "state" | "body" | "commitSha">,
	comments: readonly PlacedComment[],
): Promise<Review> {
	const { world, repository, actor: user } = turn;
	const now = timestamp();
	const pending = input.state === "PENDING";
	const review: Review = {
		...input,
		id: nextId(world.state),
		number: issue.number,
		user,
		submittedAt: pending ? null : now,
	};
	repository.reviews.set(review.id, review);
	const kept = comments.map((comment): ReviewComment => {
		const id = nextId(world.state);
		const dates = { createdAt: now, updatedAt: now };
		const { number } = issue;
		const reviewId = review.id;
		return { ...comment, ...dates, id, number, reviewId, user, reactions: [] };
	});
	for (const comment of kept)
		repository.reviewComments.set(comment.id, comment);
	if (pending) return review;
	issue.updatedAt = now;
	issue.pull.reviewers = issue.pull.reviewers.filter(
		({ id }) => id !== user.id,
	);
	emit(turn, repository, "pull_request_review", "submitted", {
		review: {
			...reviewShape(world, repository, review),
			// The webhook writes in small letters what the API writes in capitals.
			state: review.state.toLowerCase(),
			updated_at: now,
		},
		pull_request: pullShape(world, repository, issue),
	});
	for (const comment of kept)
		emit(turn, repository, "pull_request_review_comment", "created", {
			comment: reviewCommentShape(world, repository, comment),
			pull_request: pullShape(world, repository, issue),
		});
	return review;
}
