// A Python syntax tree as plain objects: what is left when the parser's own
// tree, which lives in WebAssembly memory, has been given back. Lean, because
// a repository has millions of nodes.

const NONE: readonly PyNode[] = [];

export class PyNode {
	/** The grammar's name of the node, e.g. "call". */
	readonly type: string;
	/** The grammar's name for its place in its parent, e.g. "function". */
	readonly role: string | undefined;
	/** 1-based, both included. */
	readonly line: number;
	readonly endLine: number;
	/** Named children in order, without comments. */
	children: readonly PyNode[] = NONE;
	/** Children that are mere signs, such as operators, where they have a role. */
	signs: readonly PyNode[] = NONE;
	readonly #source: string;
	readonly #start: number;
	readonly #end: number;

	constructor(
		type: string,
		role: string | undefined,
		lines: readonly [number, number],
		span: readonly [string, number, number],
	) {
		this.type = type;
		this.role = role;
		[this.line, this.endLine] = lines;
		[this.#source, this.#start, this.#end] = span;
	}

	get text(): string {
		return this.#source.slice(this.#start, this.#end);
	}

	add(child: PyNode, isSign: boolean): void {
		if (isSign) this.signs = [...this.signs, child];
		else if (this.children === NONE) this.children = [child];
		else (this.children as PyNode[]).push(child);
	}

	/** No more children come: a list that grew has room for many it does not need. */
	settle(): void {
		if (this.children.length > 1) this.children = this.children.slice();
	}
}

export function field(node: PyNode, name: string): PyNode | undefined {
	const here = ({ role }: PyNode) => role === name;
	return node.children.find(here) ?? node.signs.find(here);
}

export function fields(node: PyNode, name: string): readonly PyNode[] {
	const here = ({ role }: PyNode) => role === name;
	return [...node.children.filter(here), ...node.signs.filter(here)];
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
