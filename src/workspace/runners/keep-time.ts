// The clock of a job: so long to load, then so long to run, or until cancelled.
import type { Ending } from "./judge-job.ts";

export interface Times {
	readonly loadSeconds: number;
	readonly seconds: number;
	/** The job's own clock starts. */
	readonly whenLoaded: Promise<void>;
	readonly signal: AbortSignal | undefined;
}

/** Returns what ends the watch. */
export function keepTime(times: Times, stop: (why: Ending) => void) {
	const { loadSeconds, seconds, whenLoaded, signal } = times;
	let clock = setTimeout(() => stop("did not start"), loadSeconds * 1_000);
	let over = false;
	void whenLoaded.then(() => {
		clearTimeout(clock);
		if (over) return;
		clock = setTimeout(() => stop("timed out"), seconds * 1_000);
	});
	const cancel = () => stop("cancelled");
	signal?.addEventListener("abort", cancel, { once: true });
	if (signal?.aborted) cancel();
	return () => {
		over = true;
		clearTimeout(clock);
		signal?.removeEventListener("abort", cancel);
	};
}
