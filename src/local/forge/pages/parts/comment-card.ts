import type { Account, Reaction, Repository } from "../../state.ts";
import { type Html, html, type Part } from "../html.ts";
import { markdown } from "../markdown.ts";
import { byline, face, reactionChips, when } from "./people.ts";

export interface Card {
	/** The anchor by which links name it. */
	id: string;
	user: Account;
	createdAt: string;
	/** Differs from `createdAt` when somebody changed the text. */
	editedAt?: string;
	body: string | null;
	reactions: readonly Reaction[];
	/** What the author did besides writing: "requested changes". */
	did?: Part;
	/** Shown at the head's end: a menu. */
	menu?: Part;
}

/** Somebody's words with who, when and how others reacted. */
export function commentCard(repository: Repository, card: Card): Html {
	const { id, user, createdAt, editedAt, body, reactions } = card;
	const edited =
		editedAt !== undefined && editedAt !== createdAt
			? html` <span class="quiet" title="${editedAt}">· edited</span>`
			: null;
	const text = body?.trim()
		? markdown(body, { repository })
		: html`<p class="quiet nothing">No description.</p>`;
	return html`
		<article class="card" id="${id}">
			${face(user)}
			<div class="bubble">
				<header>${byline(user)} <span class="quiet">${card.did}${" "}
						<a href="#${id}">${when(createdAt)}</a></span>${edited}
					${card.menu}
				</header>
				${text}${reactionChips(reactions)}
			</div>
		</article>
	`;
}
