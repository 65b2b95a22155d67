import { Marked, type RendererObject, type Tokens } from "marked";
import type { Repository } from "../state.ts";
import { escapeText, Html } from "./html.ts";
import { balance } from "./markdown/balance.ts";
import { chart } from "./markdown/chart.ts";
import { keepKnownTags } from "./markdown/known-tags.ts";
import { safeAddress } from "./markdown/safe-address.ts";
import { issuePath } from "./paths.ts";

export interface MarkdownOptions {
	/** Whose `#12` are links; absent: nobody's. */
	repository?: Repository;
	/** As in files: a line's end is no break. */
	flowing?: boolean;
}

/** GitHub's Markdown, as far as comments use it. Whoever wrote it, nothing in it can run. */
export function markdown(
	text: string | null,
	{ repository, flowing = false }: MarkdownOptions = {},
): Html {
	const marked = new Marked({
		gfm: true,
		breaks: !flowing,
		renderer: rendererFor(repository),
	});
	const rendered = marked.parse(text ?? "", { async: false });
	return new Html(`<div class="markdown">${balance(rendered)}</div>`);
}

function rendererFor(repository?: Repository): RendererObject {
	// Links do not nest, so a number inside one stays plain.
	let inLink = false;
	return {
		html: ({ text }) => keepKnownTags(text),

		// The parser would let text through as it is after some raw tags.
		text(token) {
			if ("tokens" in token && token.tokens)
				return this.parser.parseInline(token.tokens);
			return inLink || !repository
				? plain(token.text)
				: linkNumbers(token.text, repository);
		},

		link({ href, title, tokens }) {
			const before = inLink;
			inLink = true;
			const inside = this.parser.parseInline(tokens);
			inLink = before;
			const address = safeAddress(href);
			if (address === null || before) return inside;
			const hint = title ? ` title="${escapeText(title)}"` : "";
			return `<a href="${escapeText(address)}"${hint} rel="noopener noreferrer">${inside}</a>`;
		},

		// Nothing from elsewhere is loaded; whoever wants to see it can follow.
		image({ href, text }) {
			const name = `🖼 ${text || "image"}`;
			const address = safeAddress(href);
			if (address === null || inLink) return escapeText(name);
			return `<a href="${escapeText(address)}" rel="noopener noreferrer">${escapeText(name)}</a>`;
		},

		code: ({ text, lang }) => codeBox(text, lang),
		codespan: ({ text }) => `<code>${escapeText(text)}</code>`,

		listitem(item) {
			const inside = this.parser.parse(item.tokens, item.loose);
			return item.task ? task(item, inside) : `<li>${inside}</li>`;
		},

		table(token) {
			const row = (cells: Tokens.TableCell[]): string =>
				`<tr>${cells.map((cell) => this.tablecell(cell)).join("")}</tr>`;
			const head = token.header.some(({ text }) => text.trim() !== "")
				? `<thead>${row(token.header)}</thead>`
				: "";
			return `<div class="wide"><table>${head}<tbody>${token.rows.map(row).join("")}</tbody></table></div>`;
		},
	};
}

function codeBox(text: string, lang = ""): string {
	const language = lang.trim().split(/\s/, 1)[0] ?? "";
	const drawn = language === "mermaid" ? chart(text) : null;
	if (drawn) return drawn.toString();
	const tag = language
		? `<span class="language">${escapeText(language)}</span>`
		: "";
	return `<div class="code">${tag}<pre><code>${escapeText(text)}</code></pre></div>`;
}

function task({ checked }: Tokens.ListItem, inside: string): string {
	const box = `<input type="checkbox" disabled${checked ? " checked" : ""}>`;
	return `<li class="task${checked ? " done" : ""}">${box}<div>${inside}</div></li>`;
}

/** Entities are Markdown's own; they stand for characters and never for markup. */
function plain(text: string): string {
	return text
		.split(/(&(?:#\d{1,7}|#[Xx][\da-fA-F]{1,6}|[a-zA-Z]\w{1,31});)/)
		.map((part, index) => (index % 2 === 1 ? part : escapeText(part)))
		.join("");
}

function linkNumbers(text: string, repository: Repository): string {
	return text
		.split(/(?<![\w&/#])#(\d{1,9})\b/)
		.map((part, index) => {
			if (index % 2 === 0) return plain(part);
			const issue = repository.issues.get(Number(part));
			if (!issue) return `#${part}`;
			return `<a href="${issuePath(repository, issue)}">#${part}</a>`;
		})
		.join("");
}
