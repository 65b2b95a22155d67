/** Markup that is safe to send; everything else is text and gets escaped. */
export class Html {
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	toString(): string {
		return this.#text;
	}
}

export type Part =
	| Html
	| string
	| number
	| null
	| undefined
	| false
	| readonly Part[];

const ENTITIES: Record<string, string> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Characters that would act on a terminal or turn the reading direction. */
const HIDDEN = /(?![\n\r\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

export function showHidden(text: string): string {
	return text.replace(HIDDEN, (found) => {
		const code = found.charCodeAt(0);
		if (code < 0x20) return String.fromCharCode(0x2400 + code);
		return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
	});
}

/** Text for an element's content or a quoted attribute. */
export function escapeText(text: string): string {
	return showHidden(text).replace(/[&<>"']/g, (found) => ENTITIES[found] ?? "");
}

const trimmed = new WeakMap<TemplateStringsArray, string[]>();

/** Line breaks and indentation in a template are for its readers only. */
function trim(template: TemplateStringsArray): string[] {
	const known = trimmed.get(template);
	if (known) return known;
	const strings = template.map((text) => text.replace(/\n\t*/g, ""));
	trimmed.set(template, strings);
	return strings;
}

export function html(template: TemplateStringsArray, ...parts: Part[]): Html {
	const strings = trim(template);
	let text = strings[0] ?? "";
	parts.forEach((part, index) => {
		text += render(part) + strings[index + 1];
	});
	return new Html(text);
}

function render(part: Part): string {
	if (part === null || part === undefined || part === false) return "";
	if (part instanceof Html) return part.toString();
	if (typeof part === "object") return part.map(render).join("");
	return escapeText(String(part));
}
