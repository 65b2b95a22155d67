import { type Html, html, type Part } from "../html.ts";
import { highlight } from "./highlight.ts";
import type { Row } from "./rows.ts";

const SIGNS: Record<Row["kind"], string> = {
	hunk: "",
	context: " ",
	added: "+",
	removed: "−",
	remark: "",
};

export interface DiffView {
	rows: readonly Row[];
	path: string;
	/** What anchors of lines begin with. */
	anchor: string;
	/** The address at which a line's number opens a form; absent: plain numbers. */
	asks?: (row: Row) => string;
	/** What stands below a row. */
	below?: (row: Row) => readonly Part[];
}

export function lineAnchor(anchor: string, row: Row): string {
	return row.right === null
		? `${anchor}L${row.left}`
		: `${anchor}R${row.right}`;
}

/** One table for one file: both line numbers, the sign, the code. */
export function diffView(view: DiffView): Html {
	const { rows, path, anchor, asks, below } = view;
	const lines = rows.map((row) => {
		if (row.kind === "hunk" || row.kind === "remark")
			return html`
				<tr class="${row.kind}">
					<td class="no" colspan="2"></td>
					<td class="code">${row.text}</td>
				</tr>
			`;
		const id = lineAnchor(anchor, row);
		const number = (value: number | null): Html =>
			asks && value !== null
				? html`<a href="${asks(row)}" title="Comment on this line" rel="nofollow">${value}</a>`
				: html`${value}`;
		const under = below?.(row) ?? [];
		const extra =
			under.length > 0 &&
			html`<tr class="below"><td colspan="3">${under}</td></tr>`;
		return html`
			<tr class="${row.kind}" id="${id}">
				<td class="no">${number(row.left)}</td>
				<td class="no">${number(row.right)}</td>
				<td class="code" data-sign="${SIGNS[row.kind]}">
					${highlight(row.text, path)}
				</td>
			</tr>
			${extra}
		`;
	});
	return html`
		<table class="diff">
			<colgroup><col class="no"><col class="no"><col></colgroup><tbody>
				${lines}</tbody>
		</table>
	`;
}
