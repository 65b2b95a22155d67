// The journal of phases and agents, kept by DBOS. A step that ended is never
// done again; one that was under way when the process died is.
import { DBOS } from "@dbos-inc/dbos-sdk";
import type { Journal } from "../agents/journal.ts";
import { isPassing, PATIENT } from "./back-off.ts";

export const durableJournal: Journal = {
	step: (name, work) => DBOS.runStep(() => work(stopSignal()), { name }),
	sleep: (ms) => DBOS.sleep(ms),
};

/** For steps that talk to GitHub. */
export const patientJournal: Journal = {
	...durableJournal,
	step: (name, work) =>
		DBOS.runStep(() => work(stopSignal()), {
			name,
			retriesAllowed: true,
			...PATIENT,
			shouldRetry: isPassing,
		}),
};

/** Aborted when the workflow is cancelled. */
const stopSignal = () =>
	DBOS.stepStatus?.cancelSignal ?? new AbortController().signal;
