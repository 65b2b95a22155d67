import type { Repository, Review, ReviewComment } from "../state.ts";
import type { World } from "../world.ts";
import { accountShape } from "./account.ts";
import { reactionsShape } from "./issue.ts";
import { association, repositoryApi, repositoryPage } from "./repository.ts";

function links(html: string, pull: string, self?: string): object {
	return {
		html: { href: html },
		pull_request: { href: pull },
		...(self !== undefined && { self: { href: self } }),
	};
}

export function reviewShape(
	world: World,
	repository: Repository,
	review: Review,
): object {
	const pull = `${repositoryApi(world, repository)}/pulls/${review.number}`;
	const html = `${repositoryPage(world, repository)}/pull/${review.number}#pullrequestreview-${review.id}`;
	return {
		id: review.id,
		node_id: `PRR_${review.id}`,
		user: accountShape(world, review.user),
		body: review.body,
		state: review.state,
		html_url: html,
		pull_request_url: pull,
		author_association: association(repository, review.user),
		_links: links(html, pull),
		...(review.submittedAt !== null && { submitted_at: review.submittedAt }),
		commit_id: review.commitSha,
	};
}

export function reviewCommentShape(
	world: World,
	repository: Repository,
	comment: ReviewComment,
): object {
	const api = `${repositoryApi(world, repository)}/pulls`;
	const pull = `${api}/${comment.number}`;
	const url = `${api}/comments/${comment.id}`;
	const html = `${repositoryPage(world, repository)}/pull/${comment.number}#discussion_r${comment.id}`;
	return {
		id: comment.id,
		node_id: `PRRC_${comment.id}`,
		url,
		pull_request_review_id: comment.reviewId,
		diff_hunk: comment.diffHunk,
		path: comment.path,
		position: comment.position,
		original_position: comment.position,
		commit_id: comment.commitSha,
		original_commit_id: comment.commitSha,
		...(comment.inReplyTo !== null && { in_reply_to_id: comment.inReplyTo }),
		user: accountShape(world, comment.user),
		body: comment.body,
		created_at: comment.createdAt,
		updated_at: comment.updatedAt,
		html_url: html,
		pull_request_url: pull,
		author_association: association(repository, comment.user),
		_links: links(html, pull, url),
		start_line: comment.startLine,
		original_start_line: comment.startLine,
		start_side: comment.startSide,
		line: comment.line,
		original_line: comment.line,
		side: comment.side,
		subject_type: "line",
		reactions: reactionsShape(url, comment.reactions),
	};
}
