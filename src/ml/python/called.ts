// Calls by the full name of what they call: `nn.Linear(…)` is `torch.nn.Linear`.
import { field, type PyNode } from "./node.ts";
import { nodesOf } from "./nodes.ts";

export interface Called {
	/** With the imports of the module resolved; `?.fit` on what has no name. */
	readonly name: string;
	/** Its last part. */
	readonly method: string;
	/** What a method is called on. */
	readonly receiver: PyNode | undefined;
	readonly positional: readonly PyNode[];
	readonly named: ReadonlyMap<string, PyNode>;
	/** It hands on `*args` or `**kwargs`, so any argument may be among them. */
	readonly hasUnpacked: boolean;
	readonly node: PyNode;
}

const known = new WeakMap<PyNode, readonly Called[]>();

/** All calls of a module, in order of the text. */
export function callsOf(module: PyNode): readonly Called[] {
	const found =
		known.get(module) ??
		nodesOf(module, "call").map((node) => readCalled(node, module));
	known.set(module, found);
	return found;
}

export function readCalled(node: PyNode, module: PyNode): Called {
	const callee = field(node, "function");
	const method =
		(callee?.type === "attribute" ? field(callee, "attribute") : callee)
			?.text ?? "";
	const name = callee && fullName(callee, module);
	const given = field(node, "arguments")?.children ?? [];
	const isNamed = ({ type }: PyNode) => type === "keyword_argument";
	const isUnpacked = ({ type }: PyNode) => /_splat$/.test(type);
	return {
		name: name ?? `?.${method}`,
		method,
		receiver:
			callee?.type === "attribute" ? field(callee, "object") : undefined,
		positional: given.filter((one) => !isNamed(one) && !isUnpacked(one)),
		named: new Map(
			given.filter(isNamed).flatMap((one) => {
				const [key, value] = [field(one, "name"), field(one, "value")];
				return key && value ? [[key.text, value] as const] : [];
			}),
		),
		hasUnpacked: given.some(isUnpacked),
		node,
	};
}

/** Of names with dots; undefined for other expressions. */
export function fullName(node: PyNode, module: PyNode): string | undefined {
	if (!/^[A-Za-z_][\w.]*$/.test(node.text)) return undefined;
	const [first = "", ...rest] = node.text.split(".");
	return [importsOf(module).get(first) ?? first, ...rest].join(".");
}

const imports = new WeakMap<PyNode, ReadonlyMap<string, string>>();

/** A name of the module to what it was imported as; relative ones keep their dots. */
export function importsOf(module: PyNode): ReadonlyMap<string, string> {
	const found = imports.get(module) ?? readImports(module);
	imports.set(module, found);
	return found;
}

function readImports(module: PyNode): Map<string, string> {
	const statements = [
		...nodesOf(module, "import_statement"),
		...nodesOf(module, "import_from_statement"),
	];
	// `import torch` names nothing anew.
	return new Map(
		statements.flatMap(importedBy).filter(([name, full]) => name !== full),
	);
}

/** The names one import statement binds, each with what it is. */
export function importedBy({ type, children }: PyNode): [string, string][] {
	const isWhole = type === "import_statement";
	const source = isWhole
		? undefined
		: children.find(({ role }) => role === "module_name");
	const prefix = source?.text.replace(/([^.])$/, "$1.") ?? "";
	return children.flatMap((item): [string, string][] => {
		if (item === source || item.type === "wildcard_import") return [];
		const alias = field(item, "alias")?.text;
		const full = (field(item, "name") ?? item).text;
		if (alias) return [[alias, prefix + full]];
		// `import torch.nn` binds "torch".
		const name = isWhole ? (full.split(".")[0] ?? full) : full;
		return [[name, isWhole ? name : prefix + full]];
	});
}
