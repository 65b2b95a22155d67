import { type Html, html } from "../html.ts";

/** Words that carry a program's structure, for the languages met here most. */
const KEYWORDS: Record<string, RegExp> = {
	py: /^(?:and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield|None|True|False|self)$/,
	ts: /^(?:as|async|await|break|case|catch|class|const|continue|default|do|else|export|extends|false|finally|for|from|function|if|import|in|interface|let|new|null|of|return|static|switch|this|throw|true|try|type|typeof|undefined|while)$/,
};
KEYWORDS.js = KEYWORDS.ts as RegExp;

const TOKEN =
	/(?<comment>#.*|\/\/.*)|(?<string>[rbfu]{0,2}(?:"""(?:.*?"""|.*)|'''(?:.*?'''|.*)|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))|(?<number>\b\d[\d_.]*(?:e[+-]?\d+)?\b)|(?<word>[A-Za-z_]\w*)/gi;

/** A line too long to be read is no line a person wrote. */
const LONGEST = 500;

/** One line of code; it knows nothing of its neighbours, so it colours with restraint. */
export function highlight(line: string, path: string): Html {
	const language = /\.(\w+)$/.exec(path)?.[1] ?? "";
	const keywords = KEYWORDS[language];
	if (!keywords || line.length > LONGEST) return html`${line}`;
	const parts: Html[] = [];
	let at = 0;
	for (const match of line.matchAll(TOKEN)) {
		const kind = kindOf(match.groups ?? {}, keywords, language);
		if (!kind) continue;
		parts.push(
			html`${line.slice(at, match.index)}<span class="${kind}">${match[0]}</span>`,
		);
		at = match.index + match[0].length;
	}
	return html`${parts}${line.slice(at)}`;
}

function kindOf(
	{ comment, string, number, word }: Record<string, string | undefined>,
	keywords: RegExp,
	language: string,
): string | null {
	if (comment !== undefined)
		return comment.startsWith("#") === (language === "py") ? "c-note" : null;
	if (string !== undefined) return "c-text";
	if (number !== undefined) return "c-number";
	return word !== undefined && keywords.test(word) ? "c-word" : null;
}
