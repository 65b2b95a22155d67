// Waiting for a workflow's run: seldom asked, woken by GitHub's word, and not
// given up for a stumble of GitHub's. How long it has been is told by the run
// itself, so that a restart of this process changes nothing.
import { setTimeout as sleep } from "node:timers/promises";
import { isUncertain, waitOf } from "../../../github/fault.ts";
import type { WorkflowRun } from "../../../github/workflow-runs.ts";
import { sleepUntilWoken } from "./wake.ts";

export interface Wait {
	readonly run: number;
	readonly read: (run: number) => Promise<WorkflowRun>;
	/** The longest it may stand in the queue, and run. */
	readonly minutes: { readonly queued: number; readonly running: number };
	/** Called once, when it takes long. */
	readonly onLate: (run: WorkflowRun) => void;
	readonly secondMs: number;
	readonly signal: AbortSignal | undefined;
}

export type Waited =
	| { readonly how: "ended" | "never started" | "too long"; run: WorkflowRun }
	| { readonly how: "stopped" };

const LOOK_SECONDS = [10, 15, 30, 60];
const SELDOM_SECONDS = 120;

/** Before that nobody need be told. */
const LATE_MINUTES = 5;

const QUEUED = new Set(["queued", "requested", "waiting", "pending"]);

/** Throws where GitHub refuses to tell. */
export async function waitForRun(wait: Wait): Promise<Waited> {
	const { minutes, secondMs, signal } = wait;
	const minuteMs = 60 * secondMs;
	let isLate = false;
	for (let look = 0; ; look += 1) {
		if (signal?.aborted) return { how: "stopped" };
		const run = await readPatiently(wait);
		if (run?.status === "completed") return { how: "ended", run };
		if (run) {
			const passed = (Date.now() - Date.parse(run.createdAt)) / minuteMs;
			if (passed > minutes.queued && QUEUED.has(run.status))
				return { how: "never started", run };
			if (passed > minutes.queued + minutes.running)
				return { how: "too long", run };
			if (passed > LATE_MINUTES && !isLate) wait.onLate(run);
			isLate ||= passed > LATE_MINUTES;
		}
		const seconds = LOOK_SECONDS[look] ?? SELDOM_SECONDS;
		await sleepUntilWoken(wait.run, seconds * secondMs, signal);
	}
}

/** undefined where GitHub cannot tell just now. */
async function readPatiently({
	read,
	run,
	secondMs,
}: Wait): Promise<WorkflowRun | undefined> {
	try {
		return await read(run);
	} catch (error) {
		const seconds = waitOf(error);
		if (seconds !== undefined) await sleep(seconds * secondMs);
		else if (!isUncertain(error)) throw error;
		return undefined;
	}
}
