import type { Node, TreeCursor } from "web-tree-sitter";
import { openSyntaxTree } from "../python/parser.ts";
import type { Entry, Outline } from "./outline.ts";

const LARGEST = 1_000_000;
const LONGEST = 100;
/** What may hold a definition that others can see. Bodies of functions do not. */
const HOLDERS =
	/^(module|block|class_definition|decorated_definition|(if|try|with|for|while)_statement|(elif|else|except|finally)_clause)$/;

export async function pythonOutline(
	source: string,
	milliseconds: number,
): Promise<Outline> {
	if (source.length > LARGEST) return "it is larger than 1 MB";
	const end = performance.now() + milliseconds;
	const tree = await openSyntaxTree(source, milliseconds);
	if (!tree) return `parsing it took longer than ${milliseconds} ms`;
	const cursor = tree.walk();
	try {
		return collect(cursor, source, end);
	} finally {
		cursor.delete();
		tree.delete();
	}
}

/** Iterative: hostile files nest deeper than any stack. */
function collect(cursor: TreeCursor, source: string, until: number): Entry[] {
	const entries: Entry[] = [];
	let level = 0;
	/** Levels of the classes around, the innermost last. */
	const classes: number[] = [];
	for (let seen = 1; seen % 1_000 > 0 || performance.now() < until; seen++) {
		const type = cursor.nodeType;
		const isDefinition = /^(class|function)_definition$/.test(type);
		if (isDefinition || isMain(cursor, source))
			entries.push(describe(cursor.currentNode, source, classes.length));
		if (HOLDERS.test(type) && cursor.gotoFirstChild()) {
			if (type === "class_definition") classes.push(level);
			level++;
			continue;
		}
		while (!cursor.gotoNextSibling()) {
			if (!cursor.gotoParent()) return entries;
			level--;
			if (classes.at(-1) === level) classes.pop();
		}
	}
	return entries;
}

function isMain(cursor: TreeCursor, source: string): boolean {
	if (cursor.nodeType !== "if_statement") return false;
	const start = cursor.startIndex;
	return /^if\s+__name__\s*==/.test(source.slice(start, start + 40));
}

function describe(node: Node, source: string, depth: number): Entry {
	const decorated = node.parent?.type === "decorated_definition";
	const from = decorated && node.parent ? node.parent : node;
	return {
		line: from.startPosition.row + 1,
		end: node.endPosition.row + 1,
		depth,
		text: [headOf(node, source), docOf(node, source)]
			.filter(Boolean)
			.join("  # "),
	};
}

function headOf(node: Node, source: string): string {
	if (node.type === "if_statement") return 'if __name__ == "__main__"';
	const text = (field: string) => {
		const part = node.childForFieldName(field);
		return part ? source.slice(part.startIndex, part.endIndex) : "";
	};
	const head =
		node.type === "class_definition"
			? `class ${text("name")}${text("superclasses")}`
			: `def ${text("name")}${text("parameters")}`;
	return inOneLine(head);
}

function docOf(node: Node, source: string): string {
	const first = node.childForFieldName("body")?.firstNamedChild;
	const string =
		first?.type === "expression_statement" ? first.firstNamedChild : null;
	if (string?.type !== "string") return "";
	const text = source.slice(string.startIndex, string.endIndex);
	const doc = text
		.slice(0, 2_000)
		.replace(/^[a-z]*("""|'''|"|')|("""|'''|"|')$/gi, "");
	return inOneLine(doc.trim().split("\n")[0] ?? "");
}

const inOneLine = (text: string) => {
	const line = text.slice(0, 1_000).replace(/\s+/g, " ").trim();
	return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};
