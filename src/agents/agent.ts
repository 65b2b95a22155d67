// One agent at its assignment: what surrounds its conversation with the model.
import type { SubmissionKind } from "../reports/submissions.ts";
import type { Assignment } from "./assignment.ts";
import { talk } from "./conversation.ts";
import { failed } from "./failed.ts";
import type { Journal } from "./journal.ts";
import { maySubmit } from "./tools/submit.ts";
import type { Outcome, World } from "./world.ts";

/**
 * Must not throw, whatever the model, a tool or the ledger does. Only what the
 * journal itself throws passes through: that is its owner's way to stop.
 */
export async function converse<K extends SubmissionKind>(
	assignment: Assignment<K>,
	world: World,
): Promise<Outcome<K>> {
	const spent = { turns: 0, usd: 0 };
	const stopped: unknown[] = [];
	const journal: Journal = {
		step: (name, work) =>
			world.journal.step(name, work).catch((error: unknown) => {
				stopped.push(error);
				throw error;
			}),
	};
	try {
		const { role, submit } = assignment;
		if (!maySubmit(role, submit))
			return failed("internal", `${role} cannot hand in "${submit}".`, spent);
		return await talk(assignment, { ...world, journal }, spent);
	} catch (error) {
		if (stopped.length > 0) throw stopped[0];
		world.log.error({ error }, "a conversation broke");
		return failed(
			"internal",
			"The agent's conversation broke through a fault of this server.",
			spent,
		);
	}
}
