// HTML in Markdown that a browser would not show, removed with what it holds.
import type { Cleaned } from "./untrusted.ts";

/** A start tag; quoted values may hold ">" and are bounded to stay linear. */
const START_TAG =
	/<([a-z][a-z0-9-]{0,30})\b((?:"[^"]{0,1000}"|'[^']{0,1000}'|[^<>"']){0,500})>/gi;

const NEVER_SHOWN = new Set(
	"script style template noscript iframe object svg picture".split(" "),
);
/** Shown, but as a picture, and without an end tag. */
const VOID_PICTURES = new Set(["img", "source", "embed"]);

const HIDING =
	/(?:^|\s)hidden(?=\s|=|$)|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])|color\s*:\s*(?:transparent|white|#fff)/i;

export function dropHiddenElements(text: string): Cleaned {
	const lower = text.toLowerCase();
	let kept = "";
	let from = 0;
	let removed = 0;
	for (const tag of text.matchAll(START_TAG)) {
		if (tag.index < from) continue;
		const name = (tag[1] ?? "").toLowerCase();
		const picture = VOID_PICTURES.has(name);
		const hidden = NEVER_SHOWN.has(name) || HIDING.test(tag[2] ?? "");
		if (!picture && !hidden) continue;
		kept += text.slice(from, tag.index);
		const inner = tag.index + tag[0].length;
		from = picture ? inner : endOf(lower, name, inner);
		removed++;
	}
	return { text: kept + text.slice(from), removed };
}

/** Just behind the element's end tag; an element left open hides all that follows. */
function endOf(lower: string, name: string, from: number): number {
	const end = lower.indexOf(`</${name}`, from);
	const close = end < 0 ? -1 : lower.indexOf(">", end);
	return close < 0 ? lower.length : close + 1;
}
