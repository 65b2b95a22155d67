// tree-sitter's Python grammar, loaded once. Parsing must not throw, whatever the text.
import { createRequire } from "node:module";
import { Language, Parser, type Tree, type TreeCursor } from "web-tree-sitter";
import { deadline } from "./deadline.ts";
import { PyNode } from "./node.ts";

/** Nesting beyond this is left out: no person writes it, and walkers recurse. */
const DEEPEST = 100;

let ready: Promise<Parser> | undefined;
let loaded: Parser | undefined;

async function loadParser(): Promise<Parser> {
	await Parser.init();
	const require = createRequire(import.meta.url);
	const grammar = require.resolve("tree-sitter-python/tree-sitter-python.wasm");
	loaded = new Parser().setLanguage(await Language.load(grammar));
	return loaded;
}

/**
 * The parser's own tree, which lives in WebAssembly memory: the caller deletes
 * it. Undefined when it took longer than `milliseconds`.
 */
export async function openSyntaxTree(
	source: string,
	milliseconds: number,
): Promise<Tree | undefined> {
	ready ??= loadParser();
	return parse(await ready, source, milliseconds);
}

function parse(
	parser: Parser,
	source: string,
	milliseconds: number,
): Tree | undefined {
	const tree = parser.parse(source, null, {
		progressCallback: deadline(milliseconds),
	});
	if (!tree) {
		// An interrupted parse would be resumed with the next file's text.
		parser.reset();
		return undefined;
	}
	return tree;
}

/** The module's syntax tree; undefined when it took longer than `milliseconds`. */
export async function parsePython(
	source: string,
	milliseconds = 1_000,
): Promise<PyNode | undefined> {
	return copied(await openSyntaxTree(source, milliseconds), source);
}

/** Like `parsePython`, for code inside of code: undefined before anything has been parsed. */
export function parseNow(
	source: string,
	milliseconds = 200,
): PyNode | undefined {
	return loaded && copied(parse(loaded, source, milliseconds), source);
}

function copied(tree: Tree | undefined, source: string): PyNode | undefined {
	if (!tree) return undefined;
	const cursor = tree.walk();
	try {
		return copyTree(cursor, source);
	} finally {
		cursor.delete();
		tree.delete();
	}
}

/** Iterative: hostile files nest deeper than any stack. */
function copyTree(cursor: TreeCursor, source: string): PyNode {
	const root = copyNode(cursor, source);
	const path: PyNode[] = [root];
	let down = cursor.gotoFirstChild();
	while (path.length) {
		if (!down) {
			path.pop()?.settle();
			if (!path.length) break;
			cursor.gotoParent();
			down = cursor.gotoNextSibling();
			continue;
		}
		const isSign = !cursor.nodeIsNamed;
		const wanted = isSign
			? cursor.currentFieldName !== null
			: cursor.nodeType !== "comment";
		if (wanted && path.length < DEEPEST) {
			const node = copyNode(cursor, source);
			path.at(-1)?.add(node, isSign);
			if (!isSign && !isString(node) && cursor.gotoFirstChild()) {
				path.push(node);
				continue;
			}
		}
		down = cursor.gotoNextSibling();
	}
	return root;
}

/** A string's quotes and content are read from its text; f-strings hold expressions. */
function isString({ type, text }: PyNode): boolean {
	return type === "string" && /^[ru]?["']/i.test(text.slice(0, 2));
}

function copyNode(cursor: TreeCursor, source: string): PyNode {
	return new PyNode(
		cursor.nodeType,
		cursor.currentFieldName ?? undefined,
		[cursor.startPosition.row + 1, cursor.endPosition.row + 1],
		[source, cursor.startIndex, cursor.endIndex],
	);
}
