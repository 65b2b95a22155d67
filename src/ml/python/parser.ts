// tree-sitter's Python grammar, loaded once. Parsing must not throw, whatever the text.
import { createRequire } from "node:module";
import { Language, Parser, type TreeCursor } from "web-tree-sitter";
import type { PyNode } from "./node.ts";

/** Nesting beyond this is left out: no person writes it, and walkers recurse. */
const DEEPEST = 100;

let ready: Promise<Parser> | undefined;

async function loadParser(): Promise<Parser> {
	await Parser.init();
	const require = createRequire(import.meta.url);
	const grammar = require.resolve("tree-sitter-python/tree-sitter-python.wasm");
	return new Parser().setLanguage(await Language.load(grammar));
}

/** The module's syntax tree; undefined when it took longer than `milliseconds`. */
export async function parsePython(
	source: string,
	milliseconds = 1_000,
): Promise<PyNode | undefined> {
	ready ??= loadParser();
	const parser = await ready;
	const end = performance.now() + milliseconds;
	const tree = parser.parse(source, null, {
		progressCallback: () => performance.now() > end,
	});
	if (!tree) {
		// An interrupted parse would be resumed with the next file's text.
		parser.reset();
		return undefined;
	}
	const cursor = tree.walk();
	try {
		return copyTree(cursor, source);
	} finally {
		cursor.delete();
		tree.delete();
	}
}

type Draft = PyNode & {
	readonly children: PyNode[];
	readonly fields: Map<string, PyNode[]>;
};

/** Iterative: hostile files nest deeper than any stack. */
function copyTree(cursor: TreeCursor, source: string): PyNode {
	const root = copyNode(cursor, source);
	const path: Draft[] = [root];
	let down = cursor.gotoFirstChild();
	while (path.length) {
		if (!down) {
			path.pop();
			if (!path.length) break;
			cursor.gotoParent();
			down = cursor.gotoNextSibling();
			continue;
		}
		const parent = path.at(-1) as Draft;
		const name = cursor.currentFieldName;
		const wanted =
			(cursor.nodeIsNamed || name) && cursor.nodeType !== "comment";
		if (wanted && path.length < DEEPEST) {
			const node = copyNode(cursor, source);
			if (cursor.nodeIsNamed) parent.children.push(node);
			if (name)
				parent.fields.set(name, [...(parent.fields.get(name) ?? []), node]);
			if (cursor.gotoFirstChild()) {
				path.push(node);
				continue;
			}
		}
		down = cursor.gotoNextSibling();
	}
	return root;
}

function copyNode(cursor: TreeCursor, source: string): Draft {
	const { startIndex, endIndex } = cursor;
	return {
		type: cursor.nodeType,
		get text() {
			return source.slice(startIndex, endIndex);
		},
		line: cursor.startPosition.row + 1,
		endLine: cursor.endPosition.row + 1,
		children: [],
		fields: new Map(),
	};
}
