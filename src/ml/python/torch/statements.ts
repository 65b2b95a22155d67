// Where a call stands: its statement, and the block the statement is part of.
import type { PyNode } from "../node.ts";
import type { Scope } from "./scope.ts";
import { pathTo, walk } from "./walk.ts";

export interface Stand {
	readonly statement: PyNode;
	/** The statements before and after, with this one. */
	readonly block: readonly PyNode[];
	/** What contains the block, the innermost last. */
	readonly inside: readonly PyNode[];
}

export function standOf(scope: Scope, node: PyNode): Stand | undefined {
	const path = pathTo(scope.body, node);
	for (let i = path.length - 1; i > 0; i--) {
		const [block, statement] = [path[i - 1], path[i]];
		if (block && statement && /^(block|module)$/.test(block.type))
			return { statement, block: block.children, inside: path.slice(0, i - 1) };
	}
	return undefined;
}

/** All blocks of a scope: its own, and those of its branches and loops. */
export function blocksIn({ body }: Scope): (readonly PyNode[])[] {
	const blocks: (readonly PyNode[])[] = [];
	walk(body, ({ type, children }) => {
		if (/^(block|module)$/.test(type)) blocks.push(children);
	});
	return blocks;
}
