import { followPulls } from "../follow-pulls.ts";
import { type HintOf, taskOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { newestRunOf } from "../store/runs.ts";

/** Which pull request it was does not matter: all that the run waits for are read anew. */
export async function handlePull(
	parts: Parts,
	hint: HintOf<"pull-moved">,
): Promise<void> {
	const run = await newestRunOf(parts.db, taskOf(hint));
	if (run) await followPulls(parts, run);
}
