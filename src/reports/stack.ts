// The stack of pull requests, as the reports tell it.
import type { Change, PullRef, TestRun } from "./change.ts";
import type { Reports } from "./reports.ts";

/** One pull request of the stack: what it brings, and how that was tested. */
export interface StackedPull {
	readonly phase: number;
	readonly pull: PullRef;
	readonly change: Change;
	readonly tests: TestRun;
}

/** Bottom first: phases 7, 8, 9, then the fixes of phase 10. */
export function stackOf(reports: Partial<Reports>): StackedPull[] {
	const built = [
		{ phase: 7, report: reports.model },
		{ phase: 8, report: reports.training },
		{ phase: 9, report: reports.integration },
		{ phase: 10, report: reports.review?.fix },
	];
	return built.flatMap(({ phase, report }) => {
		if (!report) return [];
		const { pull, change, tests } = report;
		return [{ phase, pull, change, tests }];
	});
}
