// What a module calls something of a library, so that new lines can call it likewise.
import { importedBy } from "./called.ts";
import type { PyNode } from "./node.ts";

/** `th.no_grad` of `torch.no_grad` after `import torch as th`; undefined where nothing above a line binds it. */
export function boundName(
	module: PyNode,
	full: string,
	before = Number.POSITIVE_INFINITY,
): string | undefined {
	const names = new Map(
		module.children
			.filter(
				({ type, line }) =>
					line < before && /^import(_from)?_statement$/.test(type),
			)
			.flatMap(importedBy)
			.map(([name, source]) => [source, name]),
	);
	const parts = full.split(".");
	for (let length = parts.length; length > 0; length--) {
		const name = names.get(parts.slice(0, length).join("."));
		if (name) return [name, ...parts.slice(length)].join(".");
	}
	return undefined;
}
