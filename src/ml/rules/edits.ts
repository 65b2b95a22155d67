// Small edits that keep a file's own indentation.
import type { CodePlace } from "../python/flow/flow.ts";
import type { PyNode } from "../python/node.ts";
import type { Code } from "./code.ts";
import type { Edit } from "./rule.ts";

const indentOf = (code: Code, path: string, line: number): string =>
	/^[ \t]*/.exec(code.quote({ path, startLine: line, endLine: line }))?.[0] ??
	"";

/** A line of its own before a statement. */
export function insertBefore(
	code: Code,
	path: string,
	{ line }: PyNode,
	text: string,
): Edit {
	const lines = indentOf(code, path, line) + text;
	return { path, startLine: line, endLine: line - 1, lines };
}

/** Whole lines, put behind those of another node of the same file. */
export function moveBehind(
	code: Code,
	place: CodePlace,
	{ endLine }: PyNode,
): Edit[] {
	const { path } = place;
	return [
		{ ...place, lines: undefined },
		{ path, startLine: endLine + 1, endLine, lines: code.quote(place) },
	];
}

/** One word of a statement in place of another, the rest of its lines as it stands. */
export function replaceIn(
	code: Code,
	path: string,
	statement: PyNode,
	word: PyNode,
	text: string,
): Edit | undefined {
	const at = { path, startLine: statement.line, endLine: statement.endLine };
	const parts = code
		.quote(at)
		.split(new RegExp(`\\b${word.text}\\b(?!\\s*[.=(])`));
	return parts.length === 2 && /^\w+$/.test(word.text)
		? { ...at, lines: parts.join(text) }
		: undefined;
}
