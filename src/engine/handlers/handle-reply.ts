// Somebody answers in plain words while phase 1 waits for an answer.
import { mayCommand } from "../../run/permissions.ts";
import { asAnswer, awaitsReply, plainReply } from "../../run/plain-reply.ts";
import { apply } from "../apply.ts";
import { type HintOf, taskOf } from "../hints.ts";
import { newestRunAtRest } from "../newest-run.ts";
import type { Parts } from "../parts.ts";

/** Silent for those who may not answer: they may just be talking. */
export async function handleReply(
	parts: Parts,
	hint: HintOf<"replied">,
	delivery: number,
): Promise<void> {
	const { repository, commentId, body, sender } = hint;
	const run = await newestRunAtRest(parts.db, taskOf(hint));
	const reply = plainReply(body);
	if (!run || !reply || !awaitsReply(run)) return;
	const { reader, publisher } = parts.connect(repository, run.id);
	const role = await reader.roleOf(sender);
	if (!mayCommand(role, "answer")) return;
	await publisher.react(commentId, "eyes");
	await apply(
		parts,
		run.id,
		{
			type: "command",
			command: asAnswer(reply),
			...{ by: sender, role, from: { commentId } },
			at: new Date().toISOString(),
			facts: { askUnchanged: true },
		},
		delivery,
	);
}
