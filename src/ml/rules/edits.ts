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

/** One expression in place of another, the rest of its lines as it stands. */
export function replaceWithin(
	code: Code,
	path: string,
	node: PyNode,
	text: string,
): Edit | undefined {
	const at = { path, startLine: node.line, endLine: node.endLine };
	// A name is part of longer ones: `loss` of `epoch_loss`.
	const sought =
		node.type === "identifier"
			? new RegExp(`(?<![\\w.])${node.text}(?![\\w.(])`)
			: node.text;
	const parts = code.quote(at).split(sought);
	if (parts.length !== 2) return undefined;
	return { ...at, lines: parts.join(text) };
}
