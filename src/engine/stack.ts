// The stack of pull requests, as the reports tell it.
import type { PullRef } from "../reports/change.ts";
import type { Reports } from "../reports/reports.ts";
import type { Run } from "../run/run.ts";

export interface StackedPull {
	readonly phase: number;
	readonly pull: PullRef;
}

/** Bottom first. */
export function stackOf(reports: Partial<Reports>): StackedPull[] {
	const { model, training, integration, review } = reports;
	const pulls = [
		{ phase: 7, pull: model?.pull },
		{ phase: 8, pull: training?.pull },
		{ phase: 9, pull: integration?.pull },
		{ phase: 10, pull: review?.fix?.pull },
	];
	return pulls.filter((stacked): stacked is StackedPull => !!stacked.pull);
}

/** The commit a phase works on: the base, or the top of the stack once there is one. */
export function topOf(run: Run, reports: Partial<Reports>) {
	const top = stackOf(reports).at(-1)?.pull;
	return top
		? { sha: top.headSha, branch: top.branch }
		: { sha: run.base.sha, branch: run.base.branch };
}
