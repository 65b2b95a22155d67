import { type Html, html } from "../html.ts";
import { commentCard } from "../parts/comment-card.ts";
import { button, textForm } from "../parts/form.ts";
import { icon } from "../parts/icons.ts";
import { repositoryPath } from "../paths.ts";
import type { Visit } from "../site.ts";
import { diffView } from "./diff-view.ts";
import { readRows } from "./rows.ts";
import type { Thread } from "./threads.ts";

/** A conversation about one line, with a place to answer. */
export function threadView(visit: Visit, { first, replies }: Thread): Html {
	const { repository } = visit;
	const cards = [first, ...replies].map((comment) =>
		commentCard(repository, {
			...comment,
			id: `discussion_r${comment.id}`,
			editedAt: comment.updatedAt,
		}),
	);
	const action = `${repositoryPath(repository)}/pull/${first.number}/replies/${first.id}`;
	const reply =
		visit.person &&
		html`<details class="answer"><summary>Reply</summary>${textForm(visit, {
			action,
			placeholder: "Answer in this thread",
			rows: 3,
			buttons: button("Reply", { kind: "first" }),
		})}</details>`;
	return html`<section class="thread" id="thread-${first.id}">${cards}${reply}</section>`;
}

const LINES_ABOVE = 4;

/** A conversation whose line is no longer in the diff, below the code it was about. */
export function outdatedThread(visit: Visit, thread: Thread): Html {
	const { id, path, line, diffHunk } = thread.first;
	const rows = readRows(diffHunk).slice(1).slice(-LINES_ABOVE);
	const code = diffView({ rows, path, anchor: `was-${id}-` });
	return html`
		<div class="outdated">
			<p>${icon("speech")} <code>${path}:${line}</code> <span class="badge">
					outdated</span>
			</p>
			${code}${threadView(visit, thread)}
		</div>
	`;
}
