import type { IssueEvent } from "../../state.ts";
import { type Html, html } from "../html.ts";
import { commitPath, shortSha } from "../paths.ts";
import type { Visit } from "../site.ts";
import { type IconName, icon } from "./icons.ts";
import { labelTag } from "./labels.ts";
import { byline, when } from "./people.ts";

const ICONS: Record<IssueEvent["event"], IconName> = {
	labeled: "label",
	unlabeled: "label",
	closed: "done",
	reopened: "open",
	renamed: "pencil",
	merged: "merged",
	locked: "done",
	unlocked: "open",
	ready_for_review: "pull",
	convert_to_draft: "draft",
	review_requested: "eyes",
};

/** One line of an issue's history. */
export function eventLine({ repository }: Visit, event: IssueEvent): Html {
	const { id, actor, createdAt } = event;
	return html`
		<div class="event ${event.event}" id="event-${id}"><span class="dot">
				${icon(ICONS[event.event])}</span>
			<p>${byline(actor)} ${told(event)}${commit()} <span class="quiet">
					${when(createdAt)}</span>
			</p>
		</div>
	`;

	function commit(): Html {
		const { commitSha } = event;
		if (!commitSha) return html``;
		return html`${" "}
			in <a href="${commitPath(repository, commitSha)}"><code>
					${shortSha(commitSha)}</code></a>
		`;
	}
}

function told({ event, label, rename, reviewer }: IssueEvent): Html {
	switch (event) {
		case "labeled":
			return html`added ${label && labelTag(label)}`;
		case "unlabeled":
			return html`took off ${label && labelTag(label)}`;
		case "renamed":
			return html`changed the title from <del>${rename?.from}</del> to <ins>${rename?.to}</ins>`;
		case "closed":
			return html`closed this`;
		case "reopened":
			return html`opened this again`;
		case "merged":
			return html`merged this`;
		case "locked":
			return html`locked this`;
		case "unlocked":
			return html`unlocked this`;
		case "ready_for_review":
			return html`took this out of draft`;
		case "convert_to_draft":
			return html`made this a draft`;
		case "review_requested":
			return html`asked ${reviewer?.login} for a review`;
	}
}
