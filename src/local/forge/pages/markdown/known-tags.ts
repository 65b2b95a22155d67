import { escapeText } from "../html.ts";

const KNOWN =
	/^<\/?(?:details|summary|sub|sup|br|b|i|em|strong|s|del|ins|kbd|code|p|ul|ol|li|blockquote|h[1-6]|hr)\s*\/?>$/i;

/** Raw HTML: hidden comments vanish, harmless tags stay without attributes, all else is text. */
export function keepKnownTags(raw: string): string {
	return raw
		.replace(/<!--[\s\S]*?(?:-->|$)/g, "")
		.split(/(<[^<>]*>)/)
		.map((part, index) => {
			if (index % 2 === 0) return escapeText(part);
			if (/^<details\s+open(?:="")?\s*>$/i.test(part)) return "<details open>";
			return KNOWN.test(part)
				? part.toLowerCase().replace(/\s*\/?>$/, ">")
				: escapeText(part);
		})
		.join("");
}
