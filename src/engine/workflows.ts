// What DBOS runs for us: one workflow for all phases, one for all agents.
import { DBOS } from "@dbos-inc/dbos-sdk";
import type { Assignment } from "../agents/assignment.ts";
import type { Decision } from "../run/run.ts";
import { makeAgents, performAgent, type StartAgent } from "./agent-workflow.ts";
import type { Parts } from "./parts.ts";
import type { PhaseRunner } from "./phase-runner.ts";
import { performPhase } from "./phase-workflow.ts";
import type { AttemptKey } from "./store/attempts.ts";
import { agentWorkflowId, phaseWorkflowId } from "./workflow-ids.ts";

/** Every dispatch counts, also a plain restart; we count crashes ourselves. */
const maxRecoveryAttempts = 1_000_000;

/** Must be called before DBOS is launched. */
export function registerWorkflows(parts: Parts): PhaseRunner {
	const agent = DBOS.registerWorkflow(
		(key: AttemptKey, assignment: Assignment) =>
			performAgent(parts, key, assignment),
		{ name: "agent", maxRecoveryAttempts },
	);
	const startAgent = ((key, assignment) =>
		DBOS.startWorkflow(agent, {
			workflowID: agentWorkflowId(key, assignment.name),
		})(key, assignment)) as StartAgent;
	const phase = DBOS.registerWorkflow(
		(key: AttemptKey, resolving?: Decision) =>
			performPhase(parts, makeAgents(startAgent, key), key, resolving),
		{ name: "phase", maxRecoveryAttempts },
	);
	return {
		async start(key, resolving) {
			await DBOS.startWorkflow(phase, { workflowID: phaseWorkflowId(key) })(
				key,
				resolving,
			);
		},
		async stop(key) {
			await DBOS.cancelWorkflow(phaseWorkflowId(key), { cancelChildren: true });
		},
	};
}
