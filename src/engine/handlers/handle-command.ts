// Somebody commented a command: acknowledge it, find out who that is and how
// things stand, and let `advance` decide.
import { parseCommand, type Verb } from "../../run/commands.ts";
import { needsToday } from "../../run/outdated.ts";
import { mayCommand } from "../../run/permissions.ts";
import { apply } from "../apply.ts";
import { askUnchanged } from "../ask.ts";
import { type HintOf, taskOf } from "../hints.ts";
import { newestRunAtRest } from "../newest-run.ts";
import { howThingsStand } from "../now.ts";
import type { Parts } from "../parts.ts";
import { newestRunOf } from "../store/runs.ts";

/** These are obeyed at once; any other may answer what a phase is just asking. */
const AT_ONCE: ReadonlySet<Verb> = new Set([
	"pause",
	"resume",
	"cancel",
	"status",
	"help",
]);

export async function handleCommand(
	parts: Parts,
	hint: HintOf<"commented">,
	delivery: number,
): Promise<void> {
	const { repository, commentId, body, createdAt, sender } = hint;
	const command = parseCommand(body);
	const task = taskOf(hint);
	// A command on an issue that is no task is meant for somebody else.
	if (!command || !(await newestRunOf(parts.db, task))) return;
	const run = AT_ONCE.has(command.verb)
		? await newestRunOf(parts.db, task)
		: await newestRunAtRest(parts.db, task);
	if (!run) return;
	const { reader, publisher } = parts.connect(repository, run.id);
	await publisher.react(commentId, "eyes");
	const role = await reader.roleOf(sender);
	// A stranger's command has nothing looked up for it.
	const today =
		mayCommand(role, command.verb) && needsToday(run, command)
			? { now: await howThingsStand(parts, run) }
			: {};
	await apply(
		parts,
		run.id,
		{
			type: "command",
			command,
			by: sender,
			role,
			from: { commentId },
			at: new Date().toISOString(),
			facts: {
				askUnchanged: await askUnchanged(parts.db, reader, run, createdAt),
				...today,
			},
		},
		delivery,
	);
}
