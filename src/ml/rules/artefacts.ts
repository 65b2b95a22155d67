// Which files a call means, as far as the text of its module tells: names of files
// in it, and in what the names it mentions were assigned or opened as.
import { field, type PyNode, stringValue } from "../python/node.ts";
import { nodesIn, nodesOf } from "../python/nodes.ts";

const DEEPEST = 3;
/** A pattern without a fixed start must not meet a megabyte. */
const LONGEST_NAME = 200;
const FILE_NAME = /([^/\\{}]+\.[A-Za-z]\w{0,8})$/;

/** Without their folders. */
export function fileNamesIn(node: PyNode, module: PyNode): string[] {
	const names = new Set<string>();
	const meanings = meaningsOf(module);
	const seen = new Set<PyNode>();
	const visit = (from: PyNode, depth: number) => {
		if (seen.has(from)) return;
		seen.add(from);
		for (const one of nodesIn(from)) {
			if (/string$/.test(one.type)) {
				const text = stringValue(one) ?? one.text.slice(0, -1);
				const name = FILE_NAME.exec(text.slice(-LONGEST_NAME))?.[1];
				if (name) names.add(name);
			}
			if (one.type === "identifier" && depth < DEEPEST)
				for (const meaning of meanings.get(one.text) ?? [])
					visit(meaning, depth + 1);
		}
	};
	visit(node, 0);
	return [...names];
}

const known = new WeakMap<PyNode, ReadonlyMap<string, readonly PyNode[]>>();

/** A name to what it is given anywhere in the module. */
function meaningsOf(module: PyNode): ReadonlyMap<string, readonly PyNode[]> {
	const found = known.get(module) ?? readMeanings(module);
	known.set(module, found);
	return found;
}

function readMeanings(module: PyNode): Map<string, PyNode[]> {
	const meanings = new Map<string, PyNode[]>();
	const add = (name: PyNode | undefined, value: PyNode | undefined) => {
		if (!name || !value) return;
		meanings.set(name.text, [...(meanings.get(name.text) ?? []), value]);
	};
	for (const node of nodesOf(module, "assignment")) {
		const left = field(node, "left");
		if (left?.type === "identifier") add(left, field(node, "right"));
	}
	for (const node of nodesOf(module, "with_statement"))
		for (const one of nodesIn(node.children[0] ?? node))
			if (one.type === "as_pattern") add(one.children[1], one.children[0]);
	return meanings;
}
