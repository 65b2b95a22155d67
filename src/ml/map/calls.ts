// A call as its text shows it: enough to know it by name.
import type { Node } from "web-tree-sitter";

export interface Call {
	/** As written, e.g. `nn.Linear`; `?.backward` on an expression. */
	readonly name: string;
	readonly line: number;
	/** The first of them, as written. */
	readonly args: string;
}

const LONGEST_NAME = 90;
const LONGEST_ARGS = 160;

/**
 * Undefined for calls of what has no name. `isChained`: it is called on what
 * another call gave, as the last in `a.b().c()`.
 */
export function readCall(
	node: Node,
	source: string,
	functionField: number,
	isChained: boolean,
): Call | undefined {
	const name = /[A-Za-z_][\w.]*/y;
	name.lastIndex = node.startIndex;
	let called = name.exec(source)?.[0];
	let end = node.startIndex + (called?.length ?? 0);
	if (!called || isChained || source[end] !== "(") {
		const { endIndex = 0 } = node.childForFieldId(functionField) ?? {};
		const tail = source.slice(Math.max(0, endIndex - LONGEST_NAME), endIndex);
		const method = /\.\s*(\w+)$/.exec(tail)?.[1];
		if (!method) return undefined;
		called = `?.${method}`;
		end = endIndex;
	}
	if (called.length > LONGEST_NAME) return undefined;
	const args = source.slice(end, Math.min(node.endIndex, end + LONGEST_ARGS));
	return { name: called, line: node.startPosition.row + 1, args };
}
