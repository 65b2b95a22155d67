import type { Issue } from "../state.ts";
import { type Html, html } from "./html.ts";
import { repositoryPage } from "./layout.ts";
import { actForm, button, textForm } from "./parts/form.ts";
import { labelEditor } from "./parts/labels.ts";
import { byline, when } from "./parts/people.ts";
import { sideList } from "./parts/side-list.ts";
import { stateBadge, stateSign } from "./parts/state-badge.ts";
import { timeline } from "./parts/timeline.ts";
import { issuePath } from "./paths.ts";
import { pullsOf, type Visit } from "./site.ts";

/** An issue: where a task is given, followed and decided. */
export function issuePage(visit: Visit, issue: Issue): Html {
	const { number, title, user, createdAt } = issue;
	const comments = [...visit.repository.comments.values()].filter(
		(comment) => comment.number === number,
	).length;
	const head = html`
		<div class="head" id="head" data-live>
			<h1>${title} <span class="number">#${number}</span></h1>
			<p>${stateBadge(issue)} <span class="quiet">${byline(user)} opened this${" "}
					${when(createdAt)} · ${comments} comments</span>
			</p>
		</div>
	`;
	const main = html`
		${head}
		<div class="columns">
			<div class="main">${timeline(visit, issue)}${commentBox(visit, issue)}
			</div>
			<aside>${labelEditor(visit, issue)}${pulls(visit, issue)}
				${lifecycle(visit, issue)}
			</aside>
		</div>
	`;
	return repositoryPage(visit, `${title} · #${number}`, "issues", main);
}

export function commentBox(visit: Visit, issue: Issue): Html {
	if (!visit.person) return html``;
	return html`<section class="reply" id="reply"><h2 class="unseen">Add a comment</h2>${textForm(
		visit,
		{
			action: `${issuePath(visit.repository, issue)}/comments`,
			placeholder: issue.pull
				? "Write a comment"
				: "Write a comment, or a command such as /status",
			buttons: button("Comment", { kind: "first" }),
		},
	)}</section>`;
}

/** The pull requests whose text names this issue. */
function pulls({ repository }: Visit, issue: Issue): Html {
	const naming = new RegExp(`#${issue.number}\\b`);
	const rows = pullsOf(repository)
		.filter(({ title, body }) => naming.test(`${title}\n${body}`))
		.reverse()
		.map(
			(pull) =>
				html`<li>${stateSign(pull)}<a href="${issuePath(repository, pull)}">${pull.title}</a></li>`,
		);
	return sideList("pulls", "Pull requests", rows);
}

function lifecycle(visit: Visit, issue: Issue): Html {
	const open = issue.state === "open";
	return html`<section class="side" id="lifecycle" data-live>${actForm(
		visit,
		`${issuePath(visit.repository, issue)}/state`,
		button(open ? "Close the issue" : "Open again", {
			name: "state",
			value: open ? "closed" : "open",
		}),
	)}</section>`;
}
