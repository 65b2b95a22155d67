// The journal of phases and agents, kept by DBOS. A step that ended is never
// done again; one that was under way when the process died is.
import { DBOS } from "@dbos-inc/dbos-sdk";
import type { Journal } from "../agents/journal.ts";
import { isPassing } from "./back-off.ts";

export const durableJournal: Journal = {
	step: (name, work) => DBOS.runStep(() => work(stopSignal()), { name }),
	sleep: (ms) => DBOS.sleep(ms),
};

/** Steps that talk to GitHub are tried for some ten minutes before they count as failed. */
export const patientJournal: Journal = {
	...durableJournal,
	step: (name, work) =>
		DBOS.runStep(() => work(stopSignal()), {
			name,
			retriesAllowed: true,
			intervalSeconds: 1,
			backoffRate: 2,
			maxAttempts: 10,
			shouldRetry: isPassing,
		}),
};

/** Aborted when the workflow is cancelled. */
const stopSignal = () =>
	DBOS.stepStatus?.cancelSignal ?? new AbortController().signal;
