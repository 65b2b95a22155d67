// Where the branches of a run's pull requests stand: people push to them, and
// merges move them, after the phase that opened them has ended.
import type { PullRef } from "../reports/change.ts";
import { openedPulls } from "./awaited-pulls.ts";
import { isAtRest, type Run } from "./run.ts";
import type { OpenedPull } from "./run-pulls.ts";

export interface Heads {
	/** The attempt after which they were read: a later one may have moved them. */
	readonly phase: number;
	readonly attempt: number;
	readonly pulls: Readonly<
		Record<number, Pick<OpenedPull, "start"> & { readonly head: string }>
	>;
}

/** Of a run at work nothing is taken: its phase, or the answer to a review, moves the branches itself. */
export function withHeads(run: Run, heads: Heads | undefined): Run {
	const holds =
		heads?.phase === run.phase &&
		heads.attempt === run.attempt &&
		isAtRest(run) &&
		!run.reviews?.some(({ state }) => state === "working");
	if (!holds) return run;
	let changed = false;
	const done = run.done.map((one) => {
		const found = one.pull && heads.pulls[one.pull.number];
		if (!one.pull || !found) return one;
		const pull = { ...one.pull, ...found };
		if (pull.head === one.pull.head && pull.start === one.pull.start)
			return one;
		changed = true;
		return { ...one, pull };
	});
	return changed ? { ...run, done } : run;
}

/** The pull request as its report has it, with its branch as it is now. */
export function asItStands(run: Run, pull: PullRef): PullRef {
	const now = openedPulls(run).find(({ number }) => number === pull.number);
	return {
		...pull,
		...(now?.head ? { headSha: now.head } : {}),
		...(now?.start ? { baseSha: now.start } : {}),
	};
}
