// One text of Python, parsed and read in one pass. The parser's list of nodes
// comes in the order of the text, so what stands inside what is told by lines.
import type { Node } from "web-tree-sitter";
import { deadline } from "../python/deadline.ts";
import { openSyntaxTree } from "../python/parser.ts";
import { type Call, readCall } from "./calls.ts";
import type { ClassFacts, Import, Span } from "./facts.ts";
import { MOST_NAMES, readImport } from "./imports.ts";

const WANTED = [
	"import_statement",
	"import_from_statement",
	"class_definition",
	"function_definition",
	"decorator",
	"call",
];
const LONGEST_BASE = 120;
const MOST_BASES = 12;
/** No person writes more in one file; the rest is left out. */
const MOST_CLASSES = 2_000;
/** With methods. */
const MOST_FUNCTIONS = 5_000;
const MOST_IMPORTS = 2_000;
const MOST_CALLS = 20_000;
const MOST_DECORATORS = 5_000;
/** The clock costs more than a node. */
const LOOK_EVERY = 500;

/** Names and lines only; what they mean is read elsewhere. */
export interface Outline {
	readonly hasSyntaxError: boolean;
	readonly imports: Import[];
	readonly aliases: Record<string, string>;
	readonly classes: ClassFacts[];
	/** At the top level. */
	readonly functions: Span[];
	readonly calls: Call[];
	/** Names of decorators, without arguments. */
	readonly decorators: { name: string; line: number }[];
}

/** Undefined when it took longer than `milliseconds`. */
export async function outlinePython(
	source: string,
	milliseconds: number,
): Promise<Outline | undefined> {
	const isOver = deadline(milliseconds);
	const tree = await openSyntaxTree(source, milliseconds);
	if (!tree) return undefined;
	try {
		const { language, rootNode } = tree;
		const callee = language.fieldIdForName("function") ?? 0;
		const reader = new Reader(source, rootNode.hasError, callee);
		const nodes = rootNode.descendantsOfType(WANTED);
		for (const [index, node] of nodes.entries()) {
			if (index % LOOK_EVERY === 0 && isOver()) return undefined;
			reader.read(node, nodes[index + 1]);
		}
		return reader.outline;
	} finally {
		tree.delete();
	}
}

class Reader {
	readonly outline: Outline;
	readonly #source: string;
	readonly #callee: number;
	#functions = 0;
	#names = 0;
	/** Ends of what the current node stands in, the innermost last. */
	readonly #open: { end: number; methods?: Span[] }[] = [];

	constructor(source: string, hasSyntaxError: boolean, callee: number) {
		this.#source = source;
		this.#callee = callee;
		this.outline = {
			hasSyntaxError,
			imports: [],
			aliases: Object.create(null),
			classes: [],
			functions: [],
			calls: [],
			decorators: [],
		};
	}

	read(node: Node, next: Node | undefined): void {
		const { outline } = this;
		while ((this.#open.at(-1)?.end ?? Infinity) <= node.startIndex)
			this.#open.pop();
		const line = node.startPosition.row + 1;
		switch (node.type) {
			case "class_definition":
				this.#readClass(node);
				break;
			case "function_definition":
				this.#readFunction(node);
				break;
			case "decorator":
				if (outline.decorators.length < MOST_DECORATORS)
					outline.decorators.push({ name: this.#decoratorName(node), line });
				break;
			case "call": {
				if (outline.calls.length >= MOST_CALLS) break;
				const isChained =
					next?.type === "call" && next.startIndex === node.startIndex;
				const call = readCall(node, this.#source, this.#callee, isChained);
				if (call) outline.calls.push(call);
				break;
			}
			default:
				this.#readImport(node, line);
		}
	}

	#readImport(node: Node, line: number): void {
		const { imports, aliases } = this.outline;
		if (imports.length >= MOST_IMPORTS || this.#names >= MOST_NAMES) return;
		for (const one of readImport(this.#text(node), line, aliases)) {
			this.#names += 1 + one.names.length;
			imports.push(one);
		}
	}

	#readClass(node: Node): void {
		const methods: Span[] = [];
		if (this.outline.classes.length < MOST_CLASSES)
			this.outline.classes.push({
				...this.#span(node),
				bases: this.#bases(node),
				methods,
			});
		this.#open.push({ end: node.endIndex, methods });
	}

	#readFunction(node: Node): void {
		const around = this.#open.at(-1);
		const list = around ? around.methods : this.outline.functions;
		if (list && this.#functions++ < MOST_FUNCTIONS) list.push(this.#span(node));
		this.#open.push({ end: node.endIndex });
	}

	#bases(node: Node): string[] {
		const list = node.childForFieldName("superclasses");
		if (!list) return [];
		return list.namedChildren
			.filter(({ type }) => /^(identifier|attribute|subscript)$/.test(type))
			.slice(0, MOST_BASES)
			.map((base) => this.#text(base).replace(/\[[\s\S]*$/, ""))
			.filter((base) => base.length <= LONGEST_BASE);
	}

	#span(node: Node): Span {
		const name = node.childForFieldName("name");
		return {
			name: name ? this.#text(name).slice(0, LONGEST_BASE) : "?",
			line: node.startPosition.row + 1,
			end: node.endPosition.row + 1,
		};
	}

	#decoratorName(node: Node): string {
		const name = /@\s*([\w.]*)/y;
		name.lastIndex = node.startIndex;
		return (name.exec(this.#source)?.[1] ?? "").slice(0, LONGEST_BASE);
	}

	#text(node: Node): string {
		return this.#source.slice(node.startIndex, node.endIndex);
	}
}
