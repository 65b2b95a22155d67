import { isAtRest } from "../../run/run.ts";
import { apply } from "../apply.ts";
import { followPulls } from "../follow-pulls.ts";
import { type HintOf, taskOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { newestRunOf } from "../store/runs.ts";

/** Where the branch stands is asked when its findings are shown. */
export async function handlePush(
	parts: Parts,
	hint: HintOf<"pull-pushed">,
	delivery: number,
): Promise<void> {
	const run = await newestRunOf(parts.db, taskOf(hint));
	if (!run) return;
	// A phase at work moves the branches itself.
	if (isAtRest(run)) await followPulls(parts, run);
	const { pull } = hint;
	const at = new Date().toISOString();
	await apply(parts, run.id, { type: "pull-pushed", pull, at }, delivery);
}
