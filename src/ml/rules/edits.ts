// Small edits that keep a file's own indentation.
import type { CodePlace } from "../python/flow/flow.ts";
import { field, type PyNode } from "../python/node.ts";
import { nodesIn } from "../python/nodes.ts";
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

/** A line of its own behind a statement; undefined where that shares its line. */
export function insertBehind(
	code: Code,
	path: string,
	statement: PyNode,
	text: string,
): Edit | undefined {
	const { line, endLine } = statement;
	if (!standsAlone(code, path, statement)) return undefined;
	const lines = indentOf(code, path, line) + text;
	return { path, startLine: endLine + 1, endLine, lines };
}

/** A statement taken away; undefined where it shares its line. */
export function remove(
	code: Code,
	path: string,
	statement: PyNode,
): Edit | undefined {
	const { line: startLine, endLine } = statement;
	return standsAlone(code, path, statement)
		? { path, startLine, endLine, lines: undefined }
		: undefined;
}

/** Nothing but a comment stands on its lines besides it. */
function standsAlone(code: Code, path: string, node: PyNode): boolean {
	const { line: startLine, endLine } = node;
	const lines = code.quote({ path, startLine, endLine }).trimStart();
	const rest = lines.slice(node.text.length);
	return lines.startsWith(node.text) && /^\s*(#.*)?$/.test(rest);
}

/** A statement as the body of a `with`, one step further in. */
export function wrapInWith(
	code: Code,
	path: string,
	statement: PyNode,
	head: string,
): Edit | undefined {
	const { line: startLine, endLine } = statement;
	// What a string holds would move with its lines.
	const holdsLines = [...nodesIn(statement)].some(
		({ type, line, endLine: end }) => type === "string" && line !== end,
	);
	if (holdsLines || !standsAlone(code, path, statement)) return undefined;
	const indent = indentOf(code, path, startLine);
	const body = field(statement, "body");
	const inner = body ? indentOf(code, path, body.line) : indent;
	const step = inner.slice(indent.length) || "    ";
	const lines = code
		.quote({ path, startLine, endLine })
		.split("\n")
		.map((line) => (line.trim() ? step + line : line));
	return {
		...{ path, startLine, endLine },
		lines: [`${indent}with ${head}:`, ...lines].join("\n"),
	};
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

/** A call with one argument more; undefined where a comment or a generator stands last. */
export function addArgument(
	code: Code,
	path: string,
	call: PyNode,
	text: string,
): Edit | undefined {
	if (field(call, "arguments")?.type !== "argument_list") return undefined;
	const inner = call.text.slice(0, -1).trimEnd().replace(/,$/, "");
	if (/#.*$/.test(inner)) return undefined;
	const comma = inner.endsWith("(") ? "" : ", ";
	return replaceWithin(code, path, call, `${inner}${comma}${text})`);
}
