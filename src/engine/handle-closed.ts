import { apply } from "./apply.ts";
import type { HintOf } from "./hints.ts";
import type { Parts } from "./parts.ts";
import { newestRunOf } from "./store/runs.ts";

/** Closing the issue ends its run, whoever does it. */
export async function handleClosed(
	parts: Parts,
	{ repository, issue, sender }: HintOf<"closed">,
	delivery: number,
): Promise<void> {
	const task = { repositoryId: repository.id, issue: issue.number };
	const run = await newestRunOf(parts.db, task);
	if (!run) return;
	// Told late: it was opened again, perhaps for a new run.
	const { reader } = parts.connect(repository, run.id);
	if ((await reader.issue(issue.number)).open) return;
	const at = new Date().toISOString();
	await apply(
		parts,
		run.id,
		{ type: "issue-closed", by: sender, at },
		delivery,
	);
}
