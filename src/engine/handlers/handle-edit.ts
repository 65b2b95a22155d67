import { mayStart } from "../../run/permissions.ts";
import { isLive } from "../../run/run.ts";
import { apply } from "../apply.ts";
import { type HintOf, taskOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { readableText } from "../readable-text.ts";
import { newestRunOf } from "../store/runs.ts";

/** The issue's text is read anew: a later edit may have come in the meantime. */
export async function handleEdit(
	parts: Parts,
	hint: HintOf<"edited">,
	delivery: number,
): Promise<void> {
	const {
		repository,
		issue: { number },
		sender,
	} = hint;
	const run = await newestRunOf(parts.db, taskOf(hint));
	if (!run || !isLive(run)) return;
	const { reader } = parts.connect(repository, run.id);
	// Who may not start a run may not steer one by an edit; the approval sees it all the same.
	if (!mayStart(await reader.roleOf(sender))) return;
	const issue = await reader.issue(number);
	const text = await readableText(reader, repository, issue);
	const at = new Date().toISOString();
	await apply(
		parts,
		run.id,
		{ type: "issue-edited", ...text, by: sender, at },
		delivery,
	);
}
