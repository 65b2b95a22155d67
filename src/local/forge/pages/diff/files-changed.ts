import type { FileDiff } from "../../git/diff.ts";
import { type Html, html, type Part } from "../html.ts";
import { button, textForm } from "../parts/form.ts";
import { issuePath } from "../paths.ts";
import type { pullsOf, Visit } from "../site.ts";
import { type Remark, remarkView } from "./annotations.ts";
import { lineAnchor } from "./diff-view.ts";
import { elsewhere } from "./elsewhere.ts";
import { fileAnchor, fileView, rowsOf } from "./file-view.ts";
import { findRow, type Row } from "./rows.ts";
import { threadView } from "./thread-view.ts";
import { placeThread, type Thread } from "./threads.ts";

export type PullRequest = ReturnType<typeof pullsOf>[number];

export interface FilesChanged {
	pull: PullRequest;
	files: readonly FileDiff[];
	remarks: readonly Remark[];
	threads: readonly Thread[];
}

/** All files of a pull request, each with what was said about its lines. */
export async function filesChanged(
	visit: Visit,
	changed: FilesChanged,
): Promise<Html> {
	const { files, remarks, pull } = changed;
	const boxes = await Promise.all(
		files.map((file) => changedFile(visit, changed, file)),
	);
	const others = remarks.filter(
		({ annotation }) => !files.some(({ path }) => path === annotation.path),
	);
	const untouched = [
		...new Set(others.map(({ annotation }) => annotation.path)),
	].map(async (path) => {
		const here = others.filter(({ annotation }) => annotation.path === path);
		const box = await elsewhere(visit, pull.pull.headSha, here);
		return html`
			<details class="file" open id="${fileAnchor(path)}">
				<summary><code>${path}</code> <span class="badge">not changed here
					</span>
				</summary>
				${box}
			</details>
		`;
	});
	return html`${boxes}${await Promise.all(untouched)}`;
}

async function changedFile(
	visit: Visit,
	{ pull, threads, remarks }: FilesChanged,
	file: FileDiff,
): Promise<Html> {
	const rows = rowsOf(file);
	const anchor = fileAnchor(file.path);
	const here = remarks.filter(
		({ annotation }) => annotation.path === file.path,
	);
	const rowOf = ({ annotation }: Remark): Row | undefined =>
		findRow(rows, "RIGHT", annotation.end_line);
	const outside = here.filter((remark) => !rowOf(remark));
	const placed = threads
		.filter(({ first }) => first.path === file.path)
		.map((thread) => ({ thread, row: placeThread(rows, thread) }));
	const action = issuePath(visit.repository, pull);
	const asked = visit.url.searchParams.get("comment");
	const asks = (row: Row): string =>
		`${action}?comment=${encodeURIComponent(lineAnchor(anchor, row))}#${lineAnchor(anchor, row)}`;

	function below(row: Row): Part[] {
		const parts: Part[] = here
			.filter((remark) => rowOf(remark) === row)
			.map((remark) => remarkView(visit.repository, remark));
		for (const { thread, row: at } of placed)
			if (at === row) parts.push(threadView(visit, thread));
		if (asked === lineAnchor(anchor, row))
			parts.push(lineForm(visit, `${action}/lines`, file.path, row));
		return parts;
	}

	return fileView(visit, {
		file,
		sha: pull.pull.headSha,
		rows,
		asks,
		below,
		after: await elsewhere(visit, pull.pull.headSha, outside),
		busy: here.length + placed.length > 0,
	});
}

function lineForm(
	visit: Visit,
	action: string,
	path: string,
	{ left, right }: Row,
): Html {
	const before = html`
		<input type="hidden" name="path" value="${path}">
		<input type="hidden" name="line" value="${right ?? left}">
		<input type="hidden" name="side" value="${right === null ? "LEFT" : "RIGHT"}">
	`;
	return html`<section class="thread">${textForm(visit, {
		action,
		placeholder: "Comment on this line",
		rows: 3,
		before,
		buttons: button("Comment", { kind: "first" }),
	})}</section>`;
}
