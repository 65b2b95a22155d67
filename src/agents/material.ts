// The first message's material: the task, earlier reports, what people noted.
import {
	REPORT_NAMES,
	type ReportName,
	type Reports,
} from "../reports/reports.ts";
import type { Run } from "../run/run.ts";
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

/** In the order of the phases, whatever order was asked for: the prefix grows, it never changes. */
export function showReports(
	reads: readonly ReportName[],
	before: Partial<Reports>,
): string[] {
	return REPORT_NAMES.flatMap((name, index) => {
		const report = before[name];
		if (!reads.includes(name) || !report) return [];
		const json = JSON.stringify(report, withoutFiles, 1);
		const cut = json.length > LONGEST ? "\n(cut here)" : "";
		const text = json.slice(0, LONGEST) + cut;
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

/** Whole files of a change stand in the tree by now; the model card repeats the rest. */
function withoutFiles(key: string, value: unknown): unknown {
	if (typeof value !== "string") return value;
	if (key === "content" || key === "markdown" || key === "replacement")
		return `(${value.split("\n").length} lines, read them with view)`;
	return value;
}

const attribute = (text: string) => text.replace(/[^\w.[\]-]/g, "");
