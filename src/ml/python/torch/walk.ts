import type { PyNode } from "../node.ts";

const NAMED = new Set(["function_definition", "class_definition"]);

/**
 * Every node under (and with) `node` in the order of the text, but not what
 * stands inside of functions and classes defined there.
 */
export function walk(node: PyNode, look: (node: PyNode) => void): void {
	look(node);
	for (const child of node.children)
		if (!NAMED.has(child.type)) walk(child, look);
}

/** The nodes that contain `inner`, from `outer` down, both included; empty when it is elsewhere. */
export function pathTo(outer: PyNode, inner: PyNode): readonly PyNode[] {
	if (outer === inner) return [outer];
	if (inner.line < outer.line || inner.endLine > outer.endLine) return [];
	for (const child of outer.children) {
		const path = pathTo(child, inner);
		if (path.length) return [outer, ...path];
	}
	return [];
}

export interface Definition {
	readonly node: PyNode;
	readonly decorators: readonly PyNode[];
}

/** Functions and classes that `body` itself defines, wherever it branches. */
export function definitionsIn(
	body: PyNode,
	decorators: readonly PyNode[] = [],
): Definition[] {
	return body.children.flatMap((child) => {
		if (NAMED.has(child.type)) return [{ node: child, decorators }];
		if (child.type !== "decorated_definition") return definitionsIn(child);
		const signs = child.children.filter(({ type }) => type === "decorator");
		return definitionsIn(child, signs);
	});
}
