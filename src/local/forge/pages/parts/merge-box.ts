import { mergedTree } from "../../git/comparison.ts";
import type { PullRequest } from "../diff/files-changed.ts";
import { type Html, html } from "../html.ts";
import { issuePath } from "../paths.ts";
import type { Visit } from "../site.ts";
import { actForm, button, textForm } from "./form.ts";
import { icon } from "./icons.ts";

/** What can be done with an open pull request, or why it cannot. */
export async function mergeBox(
	visit: Visit,
	issue: PullRequest,
): Promise<Html> {
	const { repository } = visit;
	const { pull, state } = issue;
	const path = issuePath(repository, issue);
	if (pull.mergedAt)
		return box(
			"merged",
			html`${icon("merged")} Merged into <code>${pull.base}</code>.`,
		);
	const reopen = actForm(
		visit,
		`${path}/state`,
		button(state === "open" ? "Close" : "Open again", {
			name: "state",
			value: state === "open" ? "closed" : "open",
			kind: "quiet",
		}),
	);
	if (state === "closed")
		return box(
			"closed",
			html`${icon("closed")} Closed without merging. ${reopen}`,
		);
	if (pull.draft)
		return box(
			"draft",
			html`
				${icon("draft")} <span>Still a draft, not to be merged yet.</span>${" "}
				${actForm(visit, `${path}/ready`, button("Ready for review"))}
				${reopen}
			`,
		);
	const { directory } = repository;
	if (!(await mergedTree(directory, pull.baseSha, pull.headSha)))
		return box(
			"closed",
			html`
				${icon("warning")} <span>Conflicts with <code>${pull.base}</code>
					: it cannot be merged as it is.</span> ${reopen}
			`,
		);
	const methods = [
		button("Merge", { kind: "first", name: "method", value: "merge" }),
		button("Squash", { name: "method", value: "squash" }),
		button("Rebase", { name: "method", value: "rebase" }),
	];
	return box(
		"open",
		html`
			${icon("success")} <span>No conflicts with <code>${pull.base}</code>.
			</span> ${actForm(visit, `${path}/merge`, methods)}
			${actForm(visit, `${path}/draft`, button("Back to draft", { kind: "quiet" }))}
			${reopen}
		`,
	);
}

function box(kind: string, content: Html): Html {
	return html`<section class="merge ${kind}" id="merge" data-live>${content}</section>`;
}

export function reviewBox(visit: Visit, issue: PullRequest): Html {
	if (!visit.person || issue.state !== "open") return html``;
	const events = [
		button("Comment", { name: "event", value: "COMMENT" }),
		button("Request changes", { name: "event", value: "REQUEST_CHANGES" }),
		button("Approve", { kind: "first", name: "event", value: "APPROVE" }),
	];
	return html`<section class="reply" id="review"><h2>Your review</h2>${textForm(
		visit,
		{
			action: `${issuePath(visit.repository, issue)}/reviews`,
			placeholder: "What you think of the change as a whole",
			optional: true,
			buttons: events,
		},
	)}</section>`;
}
