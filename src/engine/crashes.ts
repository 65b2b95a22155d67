// A phase that kills its process again and again must not do so for ever: after
// the third crash its attempt counts as failed, and a person decides.
import { apply } from "./apply.ts";
import type { Parts } from "./parts.ts";
import type { PhaseRunner } from "./phase-runner.ts";
import { type AttemptKey, countCrash } from "./store/attempts.ts";
import { leftInPeace } from "./store/executors.ts";
import { attemptOf, phaseWorkflowId } from "./workflow-ids.ts";

const MOST_CRASHES = 3;

/** Of the workflows a dead process left, those that are to go on. */
export async function sortOutCrashes(
	parts: Parts,
	phases: PhaseRunner,
	executor: string,
	workflowIds: readonly string[],
): Promise<readonly string[]> {
	if (await leftInPeace(parts.db, executor)) return workflowIds;
	const attempts = new Map<string, AttemptKey>();
	for (const id of workflowIds) {
		const key = attemptOf(id);
		if (key) attempts.set(phaseWorkflowId(key), key);
	}
	const ended = new Set<string>();
	for (const [id, key] of attempts) {
		if ((await countCrash(parts.db, key)) < MOST_CRASHES) continue;
		ended.add(id);
		await phases.stop(key);
		await apply(parts, key.runId, {
			type: "phase-failed",
			...key,
			failure: {
				kind: "crashed",
				message: `The server process died ${MOST_CRASHES} times while this phase was at work.`,
			},
			at: new Date().toISOString(),
		});
	}
	return workflowIds.filter((id) => {
		const key = attemptOf(id);
		return !key || !ended.has(phaseWorkflowId(key));
	});
}
