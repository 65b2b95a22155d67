import { apply } from "../apply.ts";
import { type HintOf, taskOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { newestRunOf } from "../store/runs.ts";

/** Closing the issue ends its run, whoever does it. */
export async function handleClosed(
	parts: Parts,
	hint: HintOf<"closed">,
	delivery: number,
): Promise<void> {
	const { repository, issue, sender } = hint;
	const run = await newestRunOf(parts.db, taskOf(hint));
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
