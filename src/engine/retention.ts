// What need not be kept: journals, transcripts and deliveries of runs that ended
// long ago, and checkouts no living run needs. The run's own row stays, with its
// state and its decisions.
import { DBOS } from "@dbos-inc/dbos-sdk";
import { stackOf } from "../reports/stack.ts";
import { isLive, type Run } from "../run/run.ts";
import { sweepTrees } from "../workspace/sweep.ts";
import { checkoutPlace } from "../workspace/tree.ts";
import type { Parts } from "./parts.ts";
import { reportsOf } from "./store/reports.ts";
import { expiredRuns, forgetRun } from "./store/retention.ts";
import { livingRuns } from "./store/runs.ts";

/** One round takes a bite; the next one goes on. */
const RUNS_AT_ONCE = 20;
const IDLE_HOURS = 24;
const LONGEST_COMMAND = 200;

export async function forgetOldRuns(
	parts: Pick<Parts, "db" | "log">,
): Promise<void> {
	for (const run of await expiredRuns(parts.db, RUNS_AT_ONCE)) {
		await forgetJournals(run.id);
		await forgetRun(parts.db, run, bare);
		parts.log.info({ run: run.id }, "journals and transcripts are deleted");
	}
}

/** Phases, and the agents below them. */
async function forgetJournals(runId: string): Promise<void> {
	const known = await DBOS.listWorkflows({
		workflow_id_prefix: `run/${runId}/phase/`,
		loadInput: false,
		loadOutput: false,
	});
	const ids = known.map(({ workflowID }) => workflowID);
	if (ids.length > 0) await DBOS.deleteWorkflows(ids);
}

/** Commits that a living run may still read stay on the disk. */
export async function sweepCheckouts({
	db,
	dataDir,
}: Pick<Parts, "db" | "dataDir">): Promise<void> {
	const needed = new Set<string>();
	for (const run of await livingRuns(db)) {
		const heads = stackOf(await reportsOf(db, run)).map(
			({ pull }) => pull.headSha,
		);
		for (const sha of [run.base.sha, run.ground ?? run.base.sha, ...heads])
			needed.add(`${placeOf(run)}/${sha}`);
	}
	await sweepTrees(dataDir, needed, IDLE_HOURS * 3_600_000);
}

const placeOf = ({ repository: { id, installationId } }: Run) =>
	checkoutPlace({ repositoryId: id, installationId });

/** What is left of a run: enough to say who decided what, nothing that was quoted. */
export function bare(run: Run): Run {
	if (isLive(run)) throw new Error(`run ${run.id} is still at work`);
	return {
		...run,
		issue: { ...run.issue, body: "" },
		decisions: run.decisions.map((decision) => ({
			...decision,
			command: decision.command.slice(0, LONGEST_COMMAND),
		})),
		notes: [],
		questions: [],
		changes: [],
	};
}
