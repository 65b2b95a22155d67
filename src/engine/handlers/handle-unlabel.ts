import { isLive } from "../../run/run.ts";
import { apply } from "../apply.ts";
import { type HintOf, taskOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { newestRunOf } from "../store/runs.ts";

/** Taking our label off pauses the run, unless it is back on by now. */
export async function handleUnlabel(
	parts: Parts,
	hint: HintOf<"unlabeled">,
	delivery: number,
): Promise<void> {
	const { repository, issue, sender, label } = hint;
	const run = await newestRunOf(parts.db, taskOf(hint));
	if (!run || !isLive(run) || label !== run.config.label) return;
	const { reader } = parts.connect(repository, run.id);
	if ((await reader.issue(issue.number)).labels.includes(label)) return;
	const at = new Date().toISOString();
	await apply(
		parts,
		run.id,
		{ type: "label-removed", by: sender, at },
		delivery,
	);
}
