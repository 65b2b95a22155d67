import {
	type Answer,
	answer,
	type Call,
	idParam,
	paged,
	type Routes,
} from "../call.ts";
import {
	type CommentInput,
	type PlacedComment,
	placeComment,
	publishReview,
} from "../changes/review.ts";
import { notFound, Problem } from "../problem.ts";
import type { PullIssue } from "../shapes/pull.ts";
import { reviewCommentShape } from "../shapes/review.ts";
import type { ReviewComment } from "../state.ts";
import { requireBody } from "../text.ts";
import { findPull } from "./pulls.ts";
import { isVisible } from "./reviews.ts";

export const reviewCommentRoutes = {
	"pulls/list-review-comments": (call) => {
		const { number } = findPull(call);
		const { reviews, reviewComments } = call.repository;
		const since = Date.parse(call.query.get("since") ?? "1970-01-01");
		const comments = [...reviewComments.values()].filter((comment) => {
			const review = reviews.get(comment.reviewId);
			return (
				comment.number === number &&
				Date.parse(comment.updatedAt) >= since &&
				review !== undefined &&
				isVisible(call, review)
			);
		});
		if (call.query.get("direction") === "desc") comments.reverse();
		return paged(call, comments, (comment) =>
			reviewCommentShape(call.world, call.repository, comment),
		);
	},

	"pulls/create-review-comment": async (call) => {
		const issue = findPull(call);
		const wanted = call.body as CommentInput & {
			commit_id: string;
			in_reply_to?: number;
			subject_type?: "line" | "file";
		};
		requireBody("PullRequestReviewComment", wanted.body);
		if (wanted.in_reply_to !== undefined)
			return reply(call, issue, wanted.in_reply_to, wanted.body);
		if (wanted.subject_type === "file")
			throw new Problem(
				422,
				"The local GitHub keeps comments on lines only; name a line.",
			);
		const placed = await placeComment(
			call.repository,
			issue,
			wanted,
			wanted.commit_id,
		);
		if (typeof placed === "string") throw outside(placed);
		return publishOne(call, issue, placed);
	},

	"pulls/create-reply-for-review-comment": (call) => {
		const { body } = call.body as { body: string };
		requireBody("PullRequestReviewComment", body);
		return reply(call, findPull(call), idParam(call, "comment_id"), body);
	},
} satisfies Routes;

/** GitHub wraps a single comment into a review of its own. */
async function publishOne(
	call: Call,
	issue: PullIssue,
	placed: PlacedComment,
): Promise<Answer> {
	const { world, repository } = call;
	const { commitSha } = placed;
	const review = { state: "COMMENTED" as const, body: "", commitSha };
	const { id } = await publishReview(call, issue, review, [placed]);
	const made = [...repository.reviewComments.values()].find(
		({ reviewId }) => reviewId === id,
	) as ReviewComment;
	return answer(201, reviewCommentShape(world, repository, made));
}

/** A thread has one level: who answers an answer answers the first comment. */
function reply(
	call: Call,
	issue: PullIssue,
	id: number,
	body: string,
): Promise<Answer> {
	const parent = call.repository.reviewComments.get(id);
	if (!parent || parent.number !== issue.number) throw notFound();
	const inReplyTo = parent.inReplyTo ?? parent.id;
	return publishOne(call, issue, { ...parent, body, inReplyTo });
}

function outside(what: string): Problem {
	const field = `pull_request_review_thread.${what}`;
	const message = `${field} must be part of the diff`;
	return new Problem(422, "Validation Failed", [
		{ resource: "PullRequestReviewComment", code: "custom", field, message },
	]);
}
