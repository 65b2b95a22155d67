// The place of a task is gone, or closed to us: its run ends, and GitHub is
// asked nothing, since it would answer nothing.
import { apply } from "../apply.ts";
import type { HintOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { newestRunOf, runsIn } from "../store/runs.ts";

export async function handleGone(
	parts: Parts,
	{ repository, issue, why }: HintOf<"gone">,
	delivery: number,
): Promise<void> {
	const task = { repositoryId: repository.id, issue: issue.number };
	const run = await newestRunOf(parts.db, task);
	if (!run) return;
	const at = new Date().toISOString();
	await apply(parts, run.id, { type: "task-gone", why, at }, delivery);
}

/** Each run ends by itself; one that ended already stays as it is. */
export async function handlePlacesGone(
	parts: Parts,
	{ why, ...places }: HintOf<"places-gone">,
): Promise<void> {
	const at = new Date().toISOString();
	for (const { id } of await runsIn(parts.db, places))
		await apply(parts, id, { type: "task-gone", why, at });
}
