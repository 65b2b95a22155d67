import { highlight } from "./diff/highlight.ts";
import { type Html, html } from "./html.ts";
import { repositoryPage } from "./layout.ts";
import { markdown } from "./markdown.ts";
import { crumbs } from "./parts/crumbs.ts";
import type { Reference } from "./reference.ts";
import type { Visit } from "./site.ts";
import { readBytes, readText } from "./text-file.ts";

/** More lines than this are cut; the rest is better read in a clone. */
const MOST_LINES = 10_000;

/** A file at a commit, with numbers that permanent links can name. */
export async function blobPage(
	visit: Visit,
	reference: Reference,
): Promise<Html> {
	const { path, sha } = reference;
	const { repository, url } = visit;
	const text = await readText(repository, sha, path);
	const rendered = path.endsWith(".md") && !url.searchParams.has("plain");
	const toggle =
		path.endsWith(".md") &&
		html`
			<a class="button" href="${url.pathname}${rendered ? "?plain=1" : ""}">
				${rendered ? "Source" : "Rendered"}</a>
		`;
	const shown =
		text === null
			? await binary(visit, reference)
			: rendered
				? html`<div class="sheet">${markdown(text, { repository, flowing: true })}</div>`
				: source(text, path);
	const main = html`<div class="head row">${crumbs(visit, reference)}${toggle}</div>${shown}`;
	return repositoryPage(visit, path, "code", main);
}

function source(text: string, path: string): Html {
	const lines = text.replace(/\n$/, "").split("\n");
	const rows = lines.slice(0, MOST_LINES).map((line, index) => {
		const number = index + 1;
		return html`
			<tr id="L${number}">
				<td class="no"><a href="#L${number}">${number}</a></td>
				<td class="code">${highlight(line, path)}</td>
			</tr>
		`;
	});
	const left = lines.length - MOST_LINES;
	return html`
		<div class="file">
			<table class="diff blob">
				<colgroup><col class="no"><col></colgroup><tbody>${rows}</tbody>
			</table>
			${left > 0 && html`<p class="quiet nothing">${left} more lines are not shown.</p>`}
		</div>
	`;
}

async function binary(
	{ repository }: Visit,
	{ sha, path }: Reference,
): Promise<Html> {
	const bytes = await readBytes(repository, sha, path);
	return html`<p class="sheet quiet">No text: ${bytes?.length ?? 0} bytes.</p>`;
}
