import { type Html, html } from "../html.ts";
import { blobPath } from "../paths.ts";
import type { Visit } from "../site.ts";
import { readText } from "../text-file.ts";
import { lineRange, type Remark, remarkView } from "./annotations.ts";
import { highlight } from "./highlight.ts";

const AROUND = 2;
/** A remark may span a whole file; a few lines of it are enough to know it. */
const MOST_LINES = 12;

/** Remarks on lines that the diff does not show, each below its lines. */
export async function elsewhere(
	visit: Visit,
	sha: string,
	remarks: readonly Remark[],
): Promise<Html | null> {
	const path = remarks[0]?.annotation.path;
	if (path === undefined) return null;
	const text = await readText(visit.repository, sha, path);
	const lines = text?.split("\n") ?? [];
	const boxes = remarks.map(
		(remark) =>
			html`${excerpt(visit, sha, lines, remark)}${remarkView(visit.repository, remark)}`,
	);
	return html`<section class="elsewhere"><p>On lines outside of this change</p>${boxes}</section>`;
}

function excerpt(
	{ repository }: Visit,
	sha: string,
	lines: readonly string[],
	{ annotation }: Remark,
): Html {
	const { path, start_line: start, end_line: end } = annotation;
	const from = Math.max(1, start - AROUND);
	const to = Math.min(lines.length, end + AROUND, from + MOST_LINES);
	const rows = lines.slice(from - 1, to).map((line, index) => {
		const number = from + index;
		const meant = number >= start && number <= end;
		return html`
			<tr class="${meant ? "meant" : "context"}">
				<td class="no"><a href="${blobPath(repository, sha, path, number)}">
						${number}</a>
				</td>
				<td class="code">${highlight(line, path)}</td>
			</tr>
		`;
	});
	if (rows.length === 0)
		return html`<p class="quiet nothing">${path}, ${lineRange(annotation)}: not in this commit.</p>`;
	return html`
		<table class="diff excerpt">
			<colgroup><col class="no"><col></colgroup><tbody>${rows}</tbody>
		</table>
	`;
}
