// The nodes of a module by type, found in one walk however many rules ask.
import type { PyNode } from "./node.ts";

/** What rules ask for; names, numbers and brackets would be most of the nodes. */
const INDEXED = [
	"call",
	"assignment",
	"augmented_assignment",
	"binary_operator",
	"for_statement",
	"while_statement",
	"with_statement",
	"if_statement",
	"try_statement",
	"except_clause",
	"return_statement",
	"function_definition",
	"class_definition",
	"import_statement",
	"import_from_statement",
	"comparison_operator",
] as const;

export type Indexed = (typeof INDEXED)[number];

type Index = ReadonlyMap<string, PyNode[]>;

const indices = new WeakMap<PyNode, Index>();

/** In order of the text. */
export function nodesOf(module: PyNode, type: Indexed): readonly PyNode[] {
	const index = indices.get(module) ?? indexOf(module);
	indices.set(module, index);
	return index.get(type) ?? [];
}

function indexOf(module: PyNode): Index {
	const index = new Map<string, PyNode[]>(INDEXED.map((type) => [type, []]));
	for (const node of nodesIn(module)) index.get(node.type)?.push(node);
	return index;
}

/** The node and all below it, in order of the text; does not recurse. */
export function* nodesIn(root: PyNode): Generator<PyNode> {
	const open = [root];
	for (let node = open.pop(); node; node = open.pop()) {
		yield node;
		for (let i = node.children.length - 1; i >= 0; i--)
			open.push(node.children[i] as PyNode);
	}
}
