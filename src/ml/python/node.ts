// A Python syntax tree as plain objects: what is left when the parser's own
// tree, which lives in WebAssembly memory, has been given back.

export interface PyNode {
	/** The grammar's name of the node, e.g. "call". */
	readonly type: string;
	readonly text: string;
	/** 1-based, both included. */
	readonly line: number;
	readonly endLine: number;
	/** Named children in order, without comments. */
	readonly children: readonly PyNode[];
	/** Children by the grammar's field names, operators included. */
	readonly fields: ReadonlyMap<string, readonly PyNode[]>;
}

export function field(node: PyNode, name: string): PyNode | undefined {
	return node.fields.get(name)?.[0];
}

export function fields(node: PyNode, name: string): readonly PyNode[] {
	return node.fields.get(name) ?? [];
}

/** The value of a plain string literal; undefined for f-strings and the rest. */
export function stringValue(node: PyNode): string | undefined {
	if (node.type === "concatenated_string") {
		const parts = node.children.map(stringValue);
		return parts.includes(undefined) ? undefined : parts.join("");
	}
	if (node.type !== "string" || /^[a-z]*[fb]/i.test(node.text))
		return undefined;
	const match = /^[ru]?("""|'''|"|')(.*)\1$/is.exec(node.text);
	return match?.[2];
}
