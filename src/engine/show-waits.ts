// Waiting is told in the status comment: a journal's pauses, and late jobs.
import type { Journal } from "../agents/journal.ts";
import type { LateJob } from "../workspace/runners/actions.ts";
import { noteLateJob } from "./late-jobs.ts";
import type { Parts } from "./parts.ts";
import { showStatus } from "./show-status.ts";
import type { AttemptKey } from "./store/attempts.ts";
import { forgetWait, noteWait } from "./wait-times.ts";

/** `own` keeps the moment for a replay, and knows nothing of other attempts. */
export function showWaits(
	parts: Parts,
	{ runId }: AttemptKey,
	agent: string,
	journal: Journal,
	own: Journal,
): Journal {
	const show = () => showQuietly(parts, runId);
	return {
		...journal,
		async sleep(ms) {
			const until = await own.step("wait", async () => Date.now() + ms);
			noteWait(runId, agent, until);
			void show();
			try {
				await journal.sleep(ms);
			} finally {
				forgetWait(runId, agent);
			}
			void show();
		},
	};
}

export function tellLateJob(
	parts: Parts,
	runId: string,
	job: LateJob,
): () => void {
	const takeBack = noteLateJob(runId, job);
	void showQuietly(parts, runId);
	return () => {
		takeBack();
		void showQuietly(parts, runId);
	};
}

/** A comment that is late stops nobody. */
const showQuietly = (parts: Parts, runId: string) =>
	showStatus(parts, runId).catch((error: unknown) =>
		parts.log.warn({ runId, error }, "a wait was not shown"),
	);
