import { type Html, html } from "./html.ts";
import { repositoryPage } from "./layout.ts";
import { button, textForm } from "./parts/form.ts";
import { repositoryPath } from "./paths.ts";
import type { Visit } from "./site.ts";

export function newIssuePage(visit: Visit): Html {
	const before = html`<input name="title" placeholder="Title" aria-label="Title" maxlength="256" required>`;
	const main = html`<div class="head"><h1>New issue</h1></div><section class="reply">${textForm(
		visit,
		{
			action: `${repositoryPath(visit.repository)}/issues`,
			placeholder:
				"What should a model do, for whom, and how will you judge it?",
			rows: 12,
			before,
			optional: true,
			buttons: html`
				<label class="chooser">
					<input type="checkbox" name="label" value="ml-task" checked>${" "}
					label it <code>ml-task</code>
				</label>
				${button("Open the issue", { kind: "first" })}
			`,
		},
	)}</section>`;
	return repositoryPage(visit, "New issue", "issues", main);
}
