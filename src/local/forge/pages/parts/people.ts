import type { Account, Reaction } from "../../state.ts";
import { type Html, html } from "../html.ts";
import type { Visit } from "../site.ts";
import { icon } from "./icons.ts";

/** As many colours as the style sheet has for faces. */
const FACES = 6;

export function face({ login, type }: Account): Html {
	const sum = [...login].reduce((n, c) => (n * 31 + c.charCodeAt(0)) % 9973, 7);
	const initial = type === "Bot" ? "⚙" : login.charAt(0).toUpperCase();
	const kind = type === "Bot" ? "bot" : `face-${sum % FACES}`;
	return html`<span class="face ${kind}" aria-hidden="true">${initial}</span>`;
}

export function byline({ login, type }: Account): Html {
	const name = login.replace(/\[bot\]$/, "");
	return html`
		<strong>${name}</strong>
		${type === "Bot" && html` <span class="badge">bot</span>`}
	`;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** The clock alone would do for a demo, the day tells sessions apart. */
export function when(moment: string): Html {
	const date = new Date(moment);
	const two = (value: number): string => String(value).padStart(2, "0");
	const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
	const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
	return html`<time datetime="${moment}" title="${moment}">${day}, ${clock}</time>`;
}

export function reactionChips(reactions: readonly Reaction[]): Html {
	if (reactions.length === 0) return html``;
	const kinds = [...new Set(reactions.map(({ content }) => content))];
	const chips = kinds.map((kind) => {
		const by = reactions.filter(({ content }) => content === kind);
		const names = by.map(({ user }) => user.login).join(", ");
		return html`
			<li class="chip" title="${kind}: ${names}">${icon(kind)} <span>
					${by.length}</span><span class="unseen">${kind} by ${names}
				</span>
			</li>
		`;
	});
	return html`<ul class="reactions">${chips}</ul>`;
}

/** The chooser in front of a text: as whom it is written. */
export function personChooser({ people, person }: Visit): Html {
	const options = people.map(
		({ account, role }) =>
			html`
				<option value="${account.login}"${account === person && html` selected`}>
					${account.login} (${role})</option>
			`,
	);
	return html`<label class="chooser">as <select name="as">${options}</select></label>`;
}
