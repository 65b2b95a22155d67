// The first message's material: the task, earlier reports, what people noted.
import { dump } from "js-yaml";
import { REPORT_NAMES, type Reports } from "../reports/reports.ts";
import type { Run } from "../run/run.ts";
import { digestForAgents as digest } from "./digests.ts";
import { fence, fenceUntrusted } from "./untrusted.ts";

/** A report longer than this is cut: agents can read the repository itself. */
const LONGEST = 60_000;

export function showTask({ issue, requestedBy }: Run): string {
	return fenceUntrusted(
		"task",
		`issue="${issue.number}" requested-by="${attribute(requestedBy)}"`,
		`# ${issue.title}\n\n${issue.body}`,
	);
}

/**
 * Every report of the phases before this one, in their order: what all agents
 * read grows at its end and never changes, so that it is paid for once.
 */
export function showReports(
	phase: number,
	before: Partial<Reports>,
	run: Run,
): string[] {
	return REPORT_NAMES.slice(0, phase - 1).flatMap((name, index) => {
		const report = before[name];
		if (!report) return [];
		const shown = dump(JSON.parse(JSON.stringify(digest(name, report, run))), {
			lineWidth: -1,
			noRefs: true,
		});
		const cut = shown.length > LONGEST ? "\n(cut here)" : "";
		const text = shown.slice(0, LONGEST) + cut;
		return [fence("report", `phase="${index + 1}" name="${name}"`, text)];
	});
}

export function showNotes({ notes }: Run): string[] {
	return notes.map(({ phase, by, text, question }) =>
		fenceUntrusted(
			"note",
			`by="${attribute(by)}" phase="${phase}"${question ? ` question="${question}"` : ""}`,
			text,
		),
	);
}

const attribute = (text: string) => text.replace(/[^\w.[\]-]/g, "");
