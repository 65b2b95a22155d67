import { apply } from "../apply.ts";
import { type HintOf, taskOf } from "../hints.ts";
import { newestRunAtRest } from "../newest-run.ts";
import type { Parts } from "../parts.ts";

/** A button of a review check: the same policy as for the command it stands for. */
export async function handlePress(
	parts: Parts,
	hint: HintOf<"pressed">,
	delivery: number,
): Promise<void> {
	const { repository, sender, button, focus, pull } = hint;
	const run = await newestRunAtRest(parts.db, taskOf(hint));
	if (!run) return;
	const { reader } = parts.connect(repository, run.id);
	const role = await reader.roleOf(sender);
	const press = { type: "pressed", button, focus, pull, role } as const;
	const at = new Date().toISOString();
	const key = `press-${delivery}`;
	await apply(parts, run.id, { ...press, by: sender, at, key }, delivery);
}
