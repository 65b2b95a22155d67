import type { Issue } from "../../state.ts";
import { type Html, html } from "../html.ts";
import { type IconName, icon } from "./icons.ts";

interface Standing {
	word: string;
	kind: "open" | "done" | "draft" | "closed" | "merged";
	icon: IconName;
}

export function standingOf({ state, stateReason, pull }: Issue): Standing {
	if (pull?.mergedAt) return { word: "Merged", kind: "merged", icon: "merged" };
	if (state === "closed") {
		const done = !pull && stateReason !== "not_planned";
		return done
			? { word: "Closed", kind: "done", icon: "done" }
			: { word: "Closed", kind: "closed", icon: "closed" };
	}
	if (pull?.draft) return { word: "Draft", kind: "draft", icon: "draft" };
	return { word: "Open", kind: "open", icon: pull ? "pull" : "open" };
}

export function stateBadge(issue: Issue): Html {
	const { word, kind, icon: name } = standingOf(issue);
	return html`<span class="state ${kind}">${icon(name)} ${word}</span>`;
}

/** The sign of a state in a list, where a word would be too much. */
export function stateSign(issue: Issue): Html {
	const { word, kind, icon: name } = standingOf(issue);
	return html`<span class="sign ${kind}" title="${word}">${icon(name)}</span>`;
}
