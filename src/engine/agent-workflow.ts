// Each conversation is a workflow of its own below its phase's, so that agents
// side by side keep separate journals and a finished one is never asked again.
import { AsyncResource } from "node:async_hooks";
import { converse } from "../agents/agent.ts";
import type { Assignment } from "../agents/assignment.ts";
import type { Outcome } from "../agents/world.ts";
import type { Agents } from "../phases/phase.ts";
import type { Submission, SubmissionKind } from "../reports/submissions.ts";
import type { Failure } from "../run/run.ts";
import { worldOf } from "./agent-world.ts";
import { AttemptFailed, failureOf, isStop } from "./failure.ts";
import type { Parts } from "./parts.ts";
import type { AttemptKey } from "./store/attempts.ts";

/** What becomes of a conversation; also what kept it from beginning is a value. */
export type AgentOutcome<K extends SubmissionKind> =
	| Outcome<K>
	| { readonly ok: false; readonly failure: Failure };

/** The body of the agent workflow. */
export async function performAgent<K extends SubmissionKind>(
	parts: Parts,
	key: AttemptKey,
	assignment: Assignment<K>,
): Promise<AgentOutcome<K>> {
	try {
		return await converse(assignment, await worldOf(parts, key, assignment));
	} catch (error) {
		if (isStop(error)) throw error;
		parts.log.error(
			{ ...key, agent: assignment.name, error },
			"an agent broke",
		);
		return { ok: false, failure: failureOf(error, parts.secrets) };
	}
}

/** Starts an agent's workflow; the promise inside settles when it has ended. */
export type StartAgent = <K extends SubmissionKind>(
	key: AttemptKey,
	assignment: Assignment<K>,
) => Promise<{ getResult(): Promise<AgentOutcome<K>> }>;

/** Makes ready for agents that start together; `nth` counts such starts. */
export type WarmUp = (
	nth: number,
	tasks: readonly Assignment[],
) => Promise<void>;

/** Where no workflow is under way. */
const outside = new AsyncResource("outside of workflows");

export function makeAgents(
	startAgent: StartAgent,
	warmUp: WarmUp,
	key: AttemptKey,
): Agents {
	let together = 0;
	async function inParallel<K extends SubmissionKind>(
		...tasks: Assignment<K>[]
	): Promise<Submission<K>[]> {
		if (tasks.length > 1) await warmUp(++together, tasks);
		// Each takes its place in the journal as it is called, in this order.
		const started = await Promise.all(
			tasks.map((task) => startAgent(key, task)),
		);
		const ended = await Promise.allSettled(
			// An agent's own workflow keeps what came of it: no journal need keep it twice.
			started.map((agent) => outside.runInAsyncScope(() => agent.getResult())),
		);
		return ended.map((end) => {
			if (end.status === "rejected") throw end.reason;
			if (!end.value.ok) throw new AttemptFailed(end.value.failure);
			return end.value.submission;
		});
	}
	return {
		inParallel,
		async one(task) {
			const [submission] = await inParallel(task);
			return submission as NonNullable<typeof submission>;
		},
	};
}
