import type { PullRef } from "../reports/change.ts";
import type { Run } from "../run/run.ts";

export interface Top {
	readonly sha: string;
	readonly branch: string;
}

/** The commit a phase works on: the base, or the top of the stack once there is one. */
export function topOf({ base }: Run, stack: readonly PullRef[]): Top {
	const top = stack.at(-1);
	return top
		? { sha: top.headSha, branch: top.branch }
		: { sha: base.sha, branch: base.branch };
}
