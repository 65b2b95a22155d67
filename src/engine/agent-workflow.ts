// Each conversation is a workflow of its own below its phase's, so that agents
// side by side keep separate journals and a finished one is never asked again.
import { converse } from "../agents/agent.ts";
import type { Assignment } from "../agents/assignment.ts";
import type { Outcome, World } from "../agents/world.ts";
import type { Agents } from "../phases/phase.ts";
import type { Submission, SubmissionKind } from "../reports/submissions.ts";
import type { Failure } from "../run/run.ts";
import { visibleTree } from "../workspace/hidden-tree.ts";
import { AttemptFailed, failureOf, isStop } from "./failure.ts";
import { durableJournal } from "./journal.ts";
import { keepTurns } from "./kept-turns.ts";
import type { Parts } from "./parts.ts";
import { type AttemptKey, readAttempt } from "./store/attempts.ts";
import { reportsOf } from "./store/reports.ts";
import { makeLedger } from "./store/turns.ts";
import { agentWorkflowId } from "./workflow-ids.ts";

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

async function worldOf(
	parts: Parts,
	key: AttemptKey,
	assignment: Assignment,
): Promise<World> {
	const { db, model, log, executor } = parts;
	const { name, at } = assignment;
	const { run } = await readAttempt(db, key);
	const before = await reportsOf(db, run);
	const { tree } = parts.servicesFor(run);
	const { sha, branch } = run.base;
	const { paths } = run.config;
	const top = at ?? run.base;
	return {
		journal: keepTurns(db, key, run, assignment, durableJournal),
		model,
		installation: String(run.repository.installationId),
		conversation: agentWorkflowId(key, name),
		tree: visibleTree(await tree(top.sha, top.branch), paths),
		...(top.sha === sha
			? {}
			: { base: visibleTree(await tree(sha, branch), paths) }),
		run,
		before,
		ledger: makeLedger(db, run.id, executor),
		allowRepositoryAgents: parts.allowRepositoryAgents,
		log,
	};
}

/** Starts an agent's workflow; the promise inside settles when it has ended. */
export type StartAgent = <K extends SubmissionKind>(
	key: AttemptKey,
	assignment: Assignment<K>,
) => Promise<{ getResult(): Promise<AgentOutcome<K>> }>;

export function makeAgents(startAgent: StartAgent, key: AttemptKey): Agents {
	async function inParallel<K extends SubmissionKind>(
		...tasks: Assignment<K>[]
	): Promise<Submission<K>[]> {
		// One after the other: the order of the starts is part of the journal.
		const started = [];
		for (const task of tasks) started.push(await startAgent(key, task));
		const ended = await Promise.allSettled(
			started.map((agent) => agent.getResult()),
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
