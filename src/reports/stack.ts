// The stack of pull requests, as the reports tell it.
import type {
	Change,
	ImplementationReport,
	PullRef,
	TestRun,
} from "./change.ts";
import type { Conformity } from "./conformity.ts";
import type { Reports } from "./reports.ts";

/** One pull request of the stack: what it brings, and how that was tested. */
export interface StackedPull {
	readonly phase: number;
	readonly pull: PullRef;
	readonly change: Change;
	readonly tests: TestRun;
	/** Phases 7 to 9: how far it is what was approved and asked for. */
	readonly conformity?: Conformity;
}

type Built = Pick<
	ImplementationReport,
	"pull" | "change" | "tests" | "conformity"
>;

/** Bottom first: phases 7, 8, 9, the fixes of phase 10, the repairs of phase 11, the model card where it is not added to one of them. */
export function stackOf(reports: Partial<Reports>): StackedPull[] {
	// The model card is written, with the stack in it, before there is a summary.
	const summary = "summary" in reports ? reports.summary : undefined;
	const built: { phase: number; report: Built | undefined }[] = [
		{ phase: 7, report: reports.model },
		{ phase: 8, report: reports.training },
		{ phase: 9, report: reports.integration },
		{ phase: 10, report: reports.review?.fix },
		{ phase: 11, report: reports.results?.repair },
		{ phase: 12, report: summary?.opened },
	];
	return built.flatMap(({ phase, report }) => {
		if (!report) return [];
		const { pull, change, tests, conformity } = report;
		return [
			{ phase, pull, change, tests, ...(conformity ? { conformity } : {}) },
		];
	});
}

/** What one pull request tells after a further commit: its own title, all reasons, all that changed. */
export const joinTexts = <T extends Pick<Change, "title" | "why" | "what">>(
	first: Pick<Change, "title" | "why" | "what"> | undefined,
	second: T,
): T =>
	first
		? {
				...second,
				title: first.title,
				why: `${first.why}\n\n${second.why}`,
				what: [...first.what, ...second.what],
			}
		: second;

/** Whether a further commit on a pull request changed a line; the first one of another does by any. */
export const hasGrown = (before: PullRef | undefined, after: PullRef) =>
	linesOf(after) > (before?.number === after.number ? linesOf(before) : 0);

const linesOf = ({ files }: PullRef) =>
	files.reduce(
		(sum, { additions, deletions }) => sum + additions + deletions,
		0,
	);

/** Where a phase's report keeps what it built; phases 7 to 9 built nothing else. */
const HOLDERS: Readonly<Record<number, string>> = {
	10: "fix",
	11: "repair",
	12: "opened",
};

/** A phase's report after a further commit on its pull request. */
export function withBuilt(
	phase: number,
	report: unknown,
	built: Partial<Built>,
): unknown {
	const whole = report as Record<string, object>;
	const holder = HOLDERS[phase];
	return holder
		? { ...whole, [holder]: { ...whole[holder], ...built } }
		: { ...whole, ...built };
}
