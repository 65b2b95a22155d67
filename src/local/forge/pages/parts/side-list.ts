import { type Html, html, type Part } from "../html.ts";

/** A part of the margin: a heading and a list, kept up to date. */
export function sideList(
	id: string,
	title: string,
	rows: readonly Html[],
	after?: Part,
): Html {
	const list =
		rows.length > 0
			? html`<ul>${rows}</ul>`
			: html`<p class="quiet">None yet</p>`;
	return html`
		<section class="side" id="${id}" data-live>
			<h2>${title}</h2>
			${list}
			${after}
		</section>
	`;
}
