import { followPulls } from "./follow-pulls.ts";
import type { HintOf } from "./hints.ts";
import type { Parts } from "./parts.ts";
import { newestRunOf } from "./store/runs.ts";

/** Which pull request it was does not matter: all that the run waits for are read anew. */
export async function handlePull(
	parts: Parts,
	{ repository, issue }: HintOf<"pull-moved">,
): Promise<void> {
	const task = { repositoryId: repository.id, issue: issue.number };
	const run = await newestRunOf(parts.db, task);
	if (run) await followPulls(parts, run);
}
