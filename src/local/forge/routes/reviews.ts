import { answer, type Call, paged, type Routes } from "../call.ts";
import { requestReviewers } from "../changes/request-reviewers.ts";
import {
	type CommentInput,
	type PlacedComment,
	placeComment,
	publishReview,
} from "../changes/review.ts";
import { Problem } from "../problem.ts";
import { pullShape } from "../shapes/pull.ts";
import { reviewShape } from "../shapes/review.ts";
import type { Review } from "../state.ts";
import { checkBody, requireBody } from "../text.ts";
import { findPull } from "./pulls.ts";

interface ReviewRequest {
	commit_id?: string;
	body?: string;
	event?: "APPROVE" | "REQUEST_CHANGES" | "COMMENT";
	comments?: CommentInput[];
}

const STATES = {
	APPROVE: "APPROVED",
	REQUEST_CHANGES: "CHANGES_REQUESTED",
	COMMENT: "COMMENTED",
} as const;

/** A review not yet submitted is seen only by who writes it. */
export function isVisible({ actor }: Call, review: Review): boolean {
	return review.state !== "PENDING" || review.user.id === actor.id;
}

export const reviewRoutes = {
	"pulls/list-reviews": (call) => {
		const { number } = findPull(call);
		const reviews = [...call.repository.reviews.values()].filter(
			(review) => review.number === number && isVisible(call, review),
		);
		return paged(call, reviews, (review) =>
			reviewShape(call.world, call.repository, review),
		);
	},

	"pulls/create-review": async (call) => {
		const { world, repository } = call;
		const issue = findPull(call);
		const {
			event,
			body = "",
			comments = [],
			...rest
		} = call.body as ReviewRequest;
		requireReview(call, issue.user.id, event, body, comments.length);
		const commitSha = rest.commit_id ?? issue.pull.headSha;
		const placed: PlacedComment[] = [];
		for (const comment of comments) {
			requireBody("PullRequestReviewComment", comment.body);
			const result = await placeComment(repository, issue, comment, commitSha);
			// For a review GitHub tells only this much.
			if (typeof result === "string") throw unresolved(result);
			placed.push(result);
		}
		const state: Review["state"] = event ? STATES[event] : "PENDING";
		const review = { state, body, commitSha };
		const made = await publishReview(call, issue, review, placed);
		return answer(200, reviewShape(world, repository, made));
	},

	"pulls/request-reviewers": async (call) => {
		const { world, repository } = call;
		const issue = findPull(call);
		const { reviewers = [] } = call.body as { reviewers?: string[] };
		await requestReviewers(call, repository, issue, reviewers);
		return answer(201, pullShape(world, repository, issue));
	},
} satisfies Routes;

function requireReview(
	{ actor }: Call,
	authorId: number,
	event: ReviewRequest["event"],
	body: string,
	comments: number,
): void {
	checkBody("PullRequestReview", body);
	const bare = body.trim() === "" && comments === 0;
	if (event === "COMMENT" && bare)
		throw new Problem(422, "Unprocessable Entity", [
			"Body is required for a comment review.",
		]);
	if (event === "REQUEST_CHANGES" && body.trim() === "")
		throw new Problem(422, "Unprocessable Entity", [
			"Body is required to request changes.",
		]);
	if (actor.id !== authorId) return;
	if (event === "APPROVE")
		throw new Problem(422, "Unprocessable Entity", [
			"Can not approve your own pull request",
		]);
	if (event === "REQUEST_CHANGES")
		throw new Problem(422, "Unprocessable Entity", [
			"Can not request changes on your own pull request",
		]);
}

function unresolved(what: string): Problem {
	const text = what === "path" ? "Path" : "Line";
	return new Problem(422, "Unprocessable Entity", [
		`${text} could not be resolved`,
	]);
}
