// Jobs of a run that have been with the repository's own runners for long, as
// this process knows: the status comment says so.
import type { LateJob } from "../workspace/runners/actions.ts";

const late = new Map<string, Set<LateJob>>();

/** Returns what takes the note back. */
export function noteLateJob(runId: string, job: LateJob): () => void {
	const ofRun = late.get(runId) ?? new Set();
	late.set(runId, ofRun.add(job));
	return () => {
		ofRun.delete(job);
		if (ofRun.size === 0) late.delete(runId);
	};
}

/** The one that has been away longest. */
export const longestLateJob = (runId: string): LateJob | undefined =>
	[...(late.get(runId) ?? [])].sort((a, b) => (a.since < b.since ? -1 : 1))[0];
