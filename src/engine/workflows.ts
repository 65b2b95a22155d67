// What DBOS runs for us: one workflow for all phases, one for all agents.
import { setTimeout as sleep } from "node:timers/promises";
import { DBOS } from "@dbos-inc/dbos-sdk";
import type { Assignment } from "../agents/assignment.ts";
import type { Decision } from "../run/gate.ts";
import {
	makeAgents,
	performAgent,
	type StartAgent,
	type WarmUp,
} from "./agent-workflow.ts";
import { durableJournal } from "./journal.ts";
import type { Parts } from "./parts.ts";
import type { PhaseRunner } from "./phase-runner.ts";
import { performPhase } from "./phase-workflow.ts";
import { performReview } from "./review-workflow.ts";
import type { AttemptKey } from "./store/attempts.ts";
import { warmUp } from "./warm-up.ts";
import { agentWorkflowId, phaseWorkflowId } from "./workflow-ids.ts";

/** Every dispatch counts, also a plain restart; we count crashes ourselves. */
const maxRecoveryAttempts = 1_000_000;

/** The words for a workflow that still will tell its run. */
export const ALIVE: ReadonlySet<string> = new Set([
	"PENDING",
	"ENQUEUED",
	"DELAYED",
]);

/** How long a stop waits for the step under way. */
const STEP_MS = 5_000;

/** Must be called before DBOS is launched. */
export function registerWorkflows(parts: Parts): PhaseRunner {
	/** By phase workflow: until it stands on GitHub, no model is asked. */
	const announced = new Map<string, Promise<void>>();
	const asking = (key: AttemptKey) =>
		askingAfter(parts, announced.get(phaseWorkflowId(key)));
	const agent = DBOS.registerWorkflow(
		(key: AttemptKey, assignment: Assignment) =>
			performAgent(asking(key), key, assignment),
		{ name: "agent", maxRecoveryAttempts },
	);
	const startAgent = ((key, assignment) =>
		DBOS.startWorkflow(agent, {
			workflowID: agentWorkflowId(key, assignment.name),
		})(key, assignment)) as StartAgent;
	const atWork = new Map<string, Promise<unknown>>();
	const phase = DBOS.registerWorkflow(
		(key: AttemptKey, resolving?: Decision) => {
			const id = phaseWorkflowId(key);
			const work = performPhase(
				parts,
				makeAgents(
					startAgent,
					warmUpFor(() => asking(key), key),
					key,
				),
				key,
				resolving,
				(shown) => announced.set(id, shown),
			);
			const ended = work
				.catch(() => {})
				.finally(() => {
					atWork.delete(id);
					announced.delete(id);
				});
			atWork.set(id, ended);
			return work;
		},
		{ name: "phase", maxRecoveryAttempts },
	);
	const review = DBOS.registerWorkflow(
		(key: AttemptKey) =>
			performReview(
				parts,
				makeAgents(
					startAgent,
					warmUpFor(() => parts, key),
					key,
				),
				key,
			),
		{ name: "review", maxRecoveryAttempts },
	);
	return {
		async answer(key) {
			const workflowID = phaseWorkflowId(key);
			const begun = await DBOS.startWorkflow(review, { workflowID })(key);
			try {
				await begun.getResult();
			} catch (error) {
				const now = await DBOS.getWorkflowStatus(workflowID);
				if (!now || ALIVE.has(now.status)) throw error;
			}
		},
		async start(key, resolving) {
			await DBOS.startWorkflow(phase, { workflowID: phaseWorkflowId(key) })(
				key,
				resolving,
			);
		},
		async stop(key) {
			const id = phaseWorkflowId(key);
			await DBOS.cancelWorkflow(id, { cancelChildren: true });
			// The step under way ends first: what it publishes must not follow the end.
			await Promise.race([
				atWork.get(id),
				sleep(STEP_MS, null, { ref: false }),
			]);
		},
	};
}

const warmUpFor =
	(asking: () => Parts, key: AttemptKey): WarmUp =>
	(nth, tasks) =>
		durableJournal.step("warm up", (signal) =>
			warmUp(asking(), key, nth, tasks, signal),
		);

/** All else of an agent may begin before. */
const askingAfter = (
	parts: Parts,
	shown: Promise<void> | undefined,
): Parts => ({
	...parts,
	model: {
		...parts.model,
		async turn(request) {
			await shown;
			return parts.model.turn(request);
		},
	},
});
