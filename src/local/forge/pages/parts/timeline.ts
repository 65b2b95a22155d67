import type { Issue } from "../../state.ts";
import { type Html, html } from "../html.ts";
import { issuePath } from "../paths.ts";
import type { Visit } from "../site.ts";
import { commentCard } from "./comment-card.ts";
import { editMenu } from "./edit-menu.ts";
import { eventLine } from "./event-line.ts";

export interface Entry {
	id: number;
	createdAt: string;
	shown: Html;
}

/** Description, comments and events in the order in which they came. */
export function timeline(
	visit: Visit,
	issue: Issue,
	more: readonly Entry[] = [],
): Html {
	const entries = [...comments(visit, issue), ...events(visit, issue), ...more];
	// Several things happen within one second; ids tell which came first.
	entries.sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id - b.id);
	return html`
		<div class="timeline" id="timeline" data-live-list>
			${description(visit, issue)}${entries.map(({ shown }) => shown)}
		</div>
	`;
}

function description(visit: Visit, issue: Issue): Html {
	const action = `${issuePath(visit.repository, issue)}/edit`;
	const title = html`<input name="title" value="${issue.title}" aria-label="Title" maxlength="256" required>`;
	return commentCard(visit.repository, {
		id: `issue-${issue.id}`,
		user: issue.user,
		createdAt: issue.createdAt,
		body: issue.body,
		reactions: issue.reactions,
		did: "opened this",
		menu: editMenu(visit, action, issue.body, title),
	});
}

function comments(visit: Visit, issue: Issue): Entry[] {
	const { repository } = visit;
	const path = issuePath(repository, issue);
	return [...repository.comments.values()]
		.filter(({ number }) => number === issue.number)
		.map((comment) => {
			const { id, createdAt, updatedAt, body } = comment;
			// A person does not put words into the App's mouth.
			const menu =
				!comment.viaApp && editMenu(visit, `${path}/comments/${id}`, body);
			const shown = commentCard(repository, {
				...comment,
				id: `issuecomment-${id}`,
				editedAt: updatedAt,
				menu,
			});
			return { id, createdAt, shown };
		});
}

function events(visit: Visit, issue: Issue): Entry[] {
	return issue.events.map((event) => ({
		id: event.id,
		createdAt: event.createdAt,
		shown: eventLine(visit, event),
	}));
}
