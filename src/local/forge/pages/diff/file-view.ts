import { createHash } from "node:crypto";
import type { FileDiff } from "../../git/diff.ts";
import { type Html, html, type Part } from "../html.ts";
import { icon } from "../parts/icons.ts";
import { blobPath } from "../paths.ts";
import type { Visit } from "../site.ts";
import { diffView } from "./diff-view.ts";
import { type Row, readRows } from "./rows.ts";

/** A file's place on the page, whatever its path holds. */
export function fileAnchor(path: string): string {
	const hash = createHash("sha256").update(path).digest("hex");
	return `diff-${hash.slice(0, 16)}`;
}

export interface FileView {
	file: FileDiff;
	/** The commit at which the whole file can be seen. */
	sha: string;
	rows: readonly Row[];
	asks?: (row: Row) => string;
	below?: (row: Row) => readonly Part[];
	/** What belongs to the file but to no line of its diff. */
	after?: Part;
	/** Something in it wants to be seen. */
	busy?: boolean;
}

/** Longer differences are folded until somebody asks for them. */
const LONG = 600;

export const rowsOf = ({ patch }: FileDiff): Row[] =>
	patch === null ? [] : readRows(patch);

/** One file's change as a box with a head. */
export function fileView({ repository }: Visit, view: FileView): Html {
	const { file, sha, rows, after, busy = false } = view;
	const { path, previousPath, status, additions, deletions } = file;
	const anchor = fileAnchor(path);
	const name = previousPath ? html`${previousPath} → ${path}` : path;
	const content =
		rows.length > 0
			? diffView({ ...view, path, anchor })
			: html`
				<p class="quiet nothing">
					${status === "renamed" ? "Only the name changed." : "No text to show."}
				</p>
			`;
	const link =
		status !== "removed" &&
		html`<a class="whole" href="${blobPath(repository, sha, path)}">whole file</a>`;
	return html`
		<details class="file" id="${anchor}"${(busy || rows.length <= LONG) && html` open`}>
			<summary>${icon("file")} <code>${name}</code>${" "}
				${status !== "modified" && html`<span class="badge">${status}</span>`}
				<span class="sizes"><span class="plus">+${additions}</span>${" "}
					<span class="minus">−${deletions}</span></span>${link}
			</summary>
			${content}${after}
		</details>
	`;
}
