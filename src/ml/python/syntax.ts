// Where Python stops making sense to the parser.
import type { Tree } from "web-tree-sitter";
import { openSyntaxTree } from "./parser.ts";

export interface SyntaxFault {
	/** From 1. */
	readonly line: number;
	readonly column: number;
	readonly text: string;
}

const MILLISECONDS = 1_000;
const MOST = 50;

/** None also when parsing takes too long: that is no reason to refuse a text. */
export async function syntaxFaults(source: string): Promise<SyntaxFault[]> {
	const tree = await openSyntaxTree(source, MILLISECONDS);
	if (!tree) return [];
	try {
		return tree.rootNode.hasError ? collect(tree, source.split("\n")) : [];
	} finally {
		tree.delete();
	}
}

/** Iterative: hostile files nest deeper than any stack. */
function collect(tree: Tree, lines: readonly string[]): SyntaxFault[] {
	const faults: SyntaxFault[] = [];
	const cursor = tree.walk();
	try {
		for (let down = true; faults.length < MOST; ) {
			if (down && (cursor.nodeType === "ERROR" || cursor.nodeIsMissing)) {
				const { row, column } = cursor.startPosition;
				const text = lines[row]?.trim().slice(0, 120) ?? "";
				faults.push({ line: row + 1, column: column + 1, text });
			}
			if (down && cursor.gotoFirstChild()) continue;
			down = cursor.gotoNextSibling();
			if (!down && !cursor.gotoParent()) break;
		}
	} finally {
		cursor.delete();
	}
	return faults;
}
