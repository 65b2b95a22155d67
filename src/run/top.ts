import type { PullRef } from "../reports/change.ts";
import { isMerged } from "./awaited-pulls.ts";
import type { Run } from "./run.ts";

export interface Top {
	readonly sha: string;
	readonly branch: string;
}

/** The commit a phase works on: the top of the stack while it is open, else the default branch. */
export function topOf(run: Run, stack: readonly PullRef[]): Top {
	const { base, ground } = run;
	const top = stack.at(-1);
	return top && !isMerged(run, top)
		? { sha: top.headSha, branch: top.branch }
		: { sha: ground ?? base.sha, branch: base.branch };
}
