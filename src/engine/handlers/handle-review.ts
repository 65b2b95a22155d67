// Somebody asks for something on a pull request: find whose run it is and what
// that person may do, and let `advance` decide.
import { commentOf } from "../../run/review-ids.ts";
import { apply } from "../apply.ts";
import type { HintOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { runOfPull } from "../store/runs.ts";

export async function handleReview(
	parts: Parts,
	{ repository, pull, review, sender }: HintOf<"reviewed">,
	delivery: number,
): Promise<void> {
	const run = await runOfPull(parts.db, repository.id, { number: pull });
	if (!run) return;
	const { reader, publisher } = parts.connect(repository, run.id);
	const role = await reader.roleOf(sender);
	const commentId = commentOf(review);
	if (commentId) await publisher.react(commentId, "eyes");
	const at = new Date().toISOString();
	await apply(
		parts,
		run.id,
		{ type: "review-given", id: review, pull, by: sender, role, at },
		delivery,
	);
}
