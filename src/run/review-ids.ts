// What asked for work on a pull request, as the id of the piece of work tells:
// "review-7", "comment-8" (a /revise) or "ci-<head>".
import type { AskedReview } from "./run-pulls.ts";

export const reviewOf = (id: string): number | undefined =>
	numberAfter("review", id);

export const commentOf = (id: string): number | undefined =>
	numberAfter("comment", id);

export const ciId = (head: string): string => `ci-${head}`;

/** The head on which CI failed; undefined of what people ask for. */
export const ciHead = ({ id }: Pick<AskedReview, "id">): string | undefined =>
	/^ci-([0-9a-f]+)$/.exec(id)?.[1];

function numberAfter(kind: string, id: string): number | undefined {
	const [, found, number] = /^([a-z]+)-(\d+)$/.exec(id) ?? [];
	return found === kind ? Number(number) : undefined;
}
