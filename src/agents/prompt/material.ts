// The first message's material: the task, earlier reports, what people noted.
import { mapOf } from "../../ml/map/map.ts";
import { taskFiles } from "../../ml/map/task-files.ts";
import { REPORT_NAMES, type Reports } from "../../reports/reports.ts";
import type { Run } from "../../run/run.ts";
import type { Tree } from "../../workspace/tree.ts";
import { digestForAgents as digest } from "./digests.ts";
import { packedFiles } from "./packed-files.ts";
import { showData } from "./show-data.ts";
import { fence, fenceUntrusted } from "./untrusted.ts";

const MOST_TASK_FILES = 10;
/** A report longer than this is cut: agents can read the repository itself. */
const LONGEST = 60_000;

/** Where to look in a repository too large to be shown whole. */
export async function showTaskFiles(
	tree: Tree,
	{ issue }: Run,
): Promise<string[]> {
	if ((await packedFiles(tree)).complete) return [];
	const text = `${issue.title}\n${issue.body}`;
	const near = taskFiles(await mapOf(tree), text, MOST_TASK_FILES);
	if (near.length === 0) return [];
	const paths = near.map(({ path }) => path).join("\n");
	return [fence("files", 'kind="nearest to the task by its words"', paths)];
}

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
		const shown = showData(digest(name, report, run));
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
