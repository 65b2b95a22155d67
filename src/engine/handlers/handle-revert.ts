import { openedPulls } from "../../run/awaited-pulls.ts";
import { renderRevert } from "../../views/merges.ts";
import { type HintOf, taskOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { newestRunOf } from "../store/runs.ts";

/** Somebody pressed GitHub's Revert, and merged what came of it: the issue tells so. */
export async function handleRevert(
	parts: Parts,
	hint: HintOf<"pull-reverted">,
): Promise<void> {
	const run = await newestRunOf(parts.db, taskOf(hint));
	if (!run) return;
	const { reader, publisher } = parts.connect(hint.repository, run.id);
	const revert = await reader.pull(hint.revert);
	const number = Number(/^revert-(\d+)-/.exec(revert.branch)?.[1]);
	const reverted = openedPulls(run).find((pull) => pull.number === number);
	const isIt =
		reverted && revert.branch === `revert-${number}-${reverted.branch}`;
	if (!isIt || revert.state !== "merged" || revert.base !== run.base.branch)
		return;
	await publisher.comment(
		run.issue.number,
		`reverted-${number}-${revert.number}`,
		renderRevert(run, number, revert),
	);
}
