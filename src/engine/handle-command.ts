// Somebody commented a command: acknowledge it, find out who that is and how
// things stand, and let `advance` decide.
import { parseCommand } from "../run/commands.ts";
import { apply } from "./apply.ts";
import { askUnchanged } from "./ask.ts";
import type { Hint } from "./hints.ts";
import { howThingsStand } from "./now.ts";
import type { Parts } from "./parts.ts";
import { newestRunOf } from "./store/runs.ts";

type Commented = Extract<Hint, { kind: "commented" }>;

export async function handleCommand(
	parts: Parts,
	hint: Commented,
	delivery: number,
): Promise<void> {
	const { repository, issue, commentId, body, createdAt, sender } = hint;
	const command = parseCommand(body);
	const run = await newestRunOf(parts.db, {
		repositoryId: repository.id,
		issue: issue.number,
	});
	// A command on an issue that is no task is meant for somebody else.
	if (!command || !run) return;
	const { reader, publisher } = parts.connect(repository, run.id);
	await publisher.react(commentId, "eyes");
	const role = await reader.roleOf(sender);
	const asksForApproval =
		command.verb === "approve" && run.gate?.name === "approval";
	await apply(
		parts,
		run.id,
		{
			type: "command",
			command,
			by: sender,
			role,
			commentId,
			at: new Date().toISOString(),
			facts: {
				askUnchanged: await askUnchanged(parts.db, reader, run, createdAt),
				...(asksForApproval ? { now: await howThingsStand(parts, run) } : {}),
			},
		},
		delivery,
	);
}
