import type { Reports } from "../reports/reports.ts";
import { stackOf } from "../reports/stack.ts";
import type { Run } from "../run/run.ts";

/** The commit a phase works on: the base, or the top of the stack once there is one. */
export function topOf(run: Run, reports: Partial<Reports>) {
	const top = stackOf(reports).at(-1)?.pull;
	return top
		? { sha: top.headSha, branch: top.branch }
		: { sha: run.base.sha, branch: run.base.branch };
}
