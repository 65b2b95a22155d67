import { isLive } from "../run/run.ts";
import { apply } from "./apply.ts";
import type { HintOf } from "./hints.ts";
import type { Parts } from "./parts.ts";
import { newestRunOf } from "./store/runs.ts";

/** Whether the issue is locked is asked anew: only the newest word counts. */
export async function handleLock(
	parts: Parts,
	{ repository, issue, sender }: HintOf<"locked" | "unlocked">,
	delivery: number,
): Promise<void> {
	const task = { repositoryId: repository.id, issue: issue.number };
	const run = await newestRunOf(parts.db, task);
	if (!run || !isLive(run)) return;
	const { reader } = parts.connect(repository, run.id);
	const { locked } = await reader.issue(issue.number);
	const type = locked ? "issue-locked" : "issue-unlocked";
	const at = new Date().toISOString();
	await apply(parts, run.id, { type, by: sender, at }, delivery);
}
