// Fixed names of durable work: starting the same thing twice starts it once.
import type { AttemptKey } from "./store/attempts.ts";

export const phaseWorkflowId = ({ runId, phase, attempt }: AttemptKey) =>
	`run/${runId}/phase/${phase}/${attempt}`;

export const agentWorkflowId = (key: AttemptKey, name: string) =>
	`${phaseWorkflowId(key)}/agent/${name}`;

/** Whose conversation it is; a further one of the same agent has a number behind a plus. */
export const agentOf = (conversation: string): string | undefined =>
	/\/agent\/(.+?)(?:\+\d+)?$/.exec(conversation)?.[1];

/** The attempt that a phase's or an agent's workflow belongs to. */
export function attemptOf(workflowId: string): AttemptKey | undefined {
	const parts = /^run\/(.+)\/phase\/(\d+)\/(\d+)(?:\/agent\/.*)?$/.exec(
		workflowId,
	);
	if (!parts?.[1]) return undefined;
	return {
		runId: parts[1],
		phase: Number(parts[2]),
		attempt: Number(parts[3]),
	};
}
