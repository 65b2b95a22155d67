// What each kind of hint sets in motion.
import { apply } from "./apply.ts";
import { handleCommand } from "./handle-command.ts";
import { handleLabel } from "./handle-label.ts";
import type { Hint } from "./hints.ts";
import type { Parts } from "./parts.ts";
import { newestRunOf } from "./store/runs.ts";

/** May be called again for the same delivery; what it changes counts once. */
export async function handleHint(
	parts: Parts,
	hint: Hint,
	delivery: number,
): Promise<void> {
	switch (hint.kind) {
		case "labeled":
			return handleLabel(parts, hint, delivery);
		case "commented":
			return handleCommand(parts, hint, delivery);
		case "closed":
			return handleClosed(parts, hint, delivery);
	}
}

async function handleClosed(
	parts: Parts,
	{ repository, issue, sender }: Hint,
	delivery: number,
): Promise<void> {
	const run = await newestRunOf(parts.db, {
		repositoryId: repository.id,
		issue: issue.number,
	});
	if (!run) return;
	const at = new Date().toISOString();
	await apply(
		parts,
		run.id,
		{ type: "issue-closed", by: sender, at },
		delivery,
	);
}
