import { isLive } from "../../run/run.ts";
import { apply } from "../apply.ts";
import { type HintOf, taskOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { newestRunOf } from "../store/runs.ts";

/** Whether the issue is locked is asked anew: only the newest word counts. */
export async function handleLock(
	parts: Parts,
	hint: HintOf<"locked" | "unlocked">,
	delivery: number,
): Promise<void> {
	const { repository, issue, sender } = hint;
	const run = await newestRunOf(parts.db, taskOf(hint));
	if (!run || !isLive(run)) return;
	const { reader } = parts.connect(repository, run.id);
	const { locked } = await reader.issue(issue.number);
	const type = locked ? "issue-locked" : "issue-unlocked";
	const at = new Date().toISOString();
	await apply(parts, run.id, { type, by: sender, at }, delivery);
}
