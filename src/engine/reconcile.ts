// Finds runs whose phase ended without telling them (its code changed under it,
// say), and deletes what need not be kept.
import { DBOS, type WorkflowStatus } from "@dbos-inc/dbos-sdk";
import { apply } from "./apply.ts";
import { followAllPulls } from "./follow-pulls.ts";
import type { Parts } from "./parts.ts";
import type { PhaseRunner } from "./phase-runner.ts";
import { forgetOldRuns, sweepCheckouts } from "./retention.ts";
import { forgetOldDeliveries } from "./store/deliveries.ts";
import { workingRuns } from "./store/runs.ts";
import { phaseWorkflowId } from "./workflow-ids.ts";
import { ALIVE } from "./workflows.ts";

export const RECONCILE_EVERY_MS = 60_000;
export const TIDY_EVERY_MS = 3_600_000;
const KEEP_DELIVERIES_DAYS = 30;

/** Every minute. */
export async function reconcile(
	parts: Parts,
	phases: PhaseRunner,
): Promise<void> {
	await mendStranded(parts, phases);
}

/** Every hour: what has had its time is deleted; merges and failures of CI that nobody told us of are found. */
export async function tidyUp(parts: Parts): Promise<void> {
	await forgetOldDeliveries(parts.db, KEEP_DELIVERIES_DAYS);
	await forgetOldRuns(parts);
	await sweepCheckouts(parts);
	await followAllPulls(parts);
}

async function mendStranded(parts: Parts, phases: PhaseRunner): Promise<void> {
	const keys = (await workingRuns(parts.db)).map(({ id, phase, attempt }) => ({
		runId: id,
		phase,
		attempt,
	}));
	if (keys.length === 0) return;
	const known = await DBOS.listWorkflows({
		workflowIDs: keys.map(phaseWorkflowId),
		loadInput: false,
		loadOutput: false,
	});
	const status = new Map(
		known.map((w) => [w.workflowID, isLeftBehind(w) ? undefined : w.status]),
	);
	for (const key of keys) {
		const now = status.get(phaseWorkflowId(key));
		if (now && ALIVE.has(now)) continue;
		parts.log.error({ ...key, status: now }, "a phase ended without a word");
		// Its agents may be at work, and spend.
		await phases.stop(key);
		// Does nothing if the run has moved on in the meantime.
		await apply(parts, key.runId, {
			type: "phase-failed",
			...key,
			failure: {
				kind: "internal",
				message:
					"This phase ended without telling its result, most likely because Modelwright was updated while it was at work.",
			},
			at: new Date().toISOString(),
		});
	}
}

/** Resumed by a process of an older version that ended first: no other takes it up. */
const isLeftBehind = ({ status, applicationVersion }: WorkflowStatus) =>
	status === "ENQUEUED" && applicationVersion !== DBOS.applicationVersion;
