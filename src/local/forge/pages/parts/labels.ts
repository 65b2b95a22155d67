import type { Issue, Label } from "../../state.ts";
import { type Html, html } from "../html.ts";
import { issuePath } from "../paths.ts";
import type { Visit } from "../site.ts";
import { actForm, button } from "./form.ts";
import { sideList } from "./side-list.ts";

/** The label that hands an issue to the App. */
const TASK = "ml-task";

export function labelTag({ name, color }: Pick<Label, "name" | "color">): Html {
	const fill = /^[\da-f]{6}$/i.test(color) ? `#${color}` : "#888888";
	return html`
		<span class="label">
			<svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
				<circle cx="5" cy="5" r="5" fill="${fill}"></circle>
			</svg>
			${name}</span>
	`;
}

/** The labels with what takes them off, and a field to put one on. */
export function labelEditor(visit: Visit, issue: Issue): Html {
	const action = `${issuePath(visit.repository, issue)}/labels`;
	const labels = issue.labels.map((label) => {
		const { name } = label;
		const cross = button(html`×<span class="unseen"> take off ${name}</span>`, {
			kind: "quiet",
			name: "remove",
			value: name,
		});
		return html`<li>${labelTag(label)}${actForm(visit, action, cross)}</li>`;
	});
	const offered = issue.labels.some(({ name }) => name === TASK)
		? null
		: actForm(
				visit,
				action,
				button(`Add ${TASK}`, { kind: "first", name: "add", value: TASK }),
			);
	const other = actForm(
		visit,
		action,
		html`
			<input name="add" placeholder="another label" aria-label="Another label" maxlength="50" required>
			${button("Add")}
		`,
	);
	return sideList("labels", "Labels", labels, [offered, other]);
}
