// The run a comment is about. People, and programs more so, answer within
// milliseconds of being asked: faster than the run writes down that it asks.
import { setTimeout as sleep } from "node:timers/promises";
import type { Run } from "../run/run.ts";
import type { Database } from "./database.ts";
import { hasReport } from "./store/reports.ts";
import { newestRunOf, type Task } from "./store/runs.ts";

const PATIENCE_MS = 5_000;
const EVERY_MS = 50;

/** The task's newest run; a phase that is telling its result is let finish first. */
export async function newestRunAtRest(
	db: Database,
	task: Task,
): Promise<Run | undefined> {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const run = await newestRunOf(db, task);
		if (!run || Date.now() > deadline || !(await isTelling(db, run)))
			return run;
		await sleep(EVERY_MS);
	}
}

/** Its report is there, but the run does not know of it yet: the comment may be out. */
export async function isTelling(db: Database, run: Run): Promise<boolean> {
	const { id: runId, state, phase, attempt, done } = run;
	if (state !== "working" && state !== "paused") return false;
	const isDone = done.some((d) => d.phase === phase && d.attempt === attempt);
	return !isDone && hasReport(db, { runId, phase, attempt });
}
