import { type Html, html, type Part } from "../html.ts";
import type { Visit } from "../site.ts";
import { button, textForm } from "./form.ts";

/** Unfolds a form with the text as it stands. */
export function editMenu(
	visit: Visit,
	action: string,
	body: string | null,
	before?: Part,
): Html {
	if (!visit.person) return html``;
	const rows = Math.min(24, Math.max(6, (body ?? "").split("\n").length + 1));
	return html`<details class="edit"><summary>Edit</summary>${textForm(visit, {
		action,
		placeholder: "Text in Markdown",
		value: body ?? "",
		rows,
		before,
		buttons: button("Save", { kind: "first" }),
	})}</details>`;
}
