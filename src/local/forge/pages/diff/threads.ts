import type { Repository, ReviewComment } from "../../state.ts";
import { findRow, type Row } from "./rows.ts";

export interface Thread {
	first: ReviewComment;
	replies: ReviewComment[];
}

/** What was said about a pull request's lines, oldest thread first. */
export function threadsOf(repository: Repository, number: number): Thread[] {
	const all = [...repository.reviewComments.values()]
		.filter((comment) => comment.number === number)
		.filter(({ reviewId }) => !isPending(repository, reviewId))
		.sort((a, b) => a.id - b.id);
	return all
		.filter(({ inReplyTo }) => inReplyTo === null)
		.map((first) => ({
			first,
			replies: all.filter(({ inReplyTo }) => inReplyTo === first.id),
		}));
}

function isPending(repository: Repository, reviewId: number): boolean {
	return repository.reviews.get(reviewId)?.state === "PENDING";
}

/**
 * The row that a thread speaks of, also after later commits moved the line;
 * undefined when its text is gone or stands in several places.
 */
export function placeThread(
	rows: readonly Row[],
	{ first }: Thread,
): Row | undefined {
	const { side, line, diffHunk } = first;
	const text = diffHunk.split("\n").at(-1)?.slice(1);
	const there = findRow(rows, side, line);
	if (there?.text === text) return there;
	const same = rows.filter(
		(row) =>
			row.text === text && (side === "LEFT" ? row.left : row.right) !== null,
	);
	return same.length === 1 ? same[0] : undefined;
}
