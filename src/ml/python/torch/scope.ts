// A place where names live: a module's own lines, or a function's.
import { field, type PyNode } from "../node.ts";
import { type Given, writtenIn } from "./given.ts";
import { definitionsIn } from "./walk.ts";

export interface PyClass {
	readonly module: PyNode;
	readonly path: string;
	readonly name: string;
	readonly node: PyNode;
	readonly bases: readonly PyNode[];
	readonly methods: ReadonlyMap<string, Scope>;
}

export interface Scope {
	readonly module: PyNode;
	readonly path: string;
	/** A function's name; "" for a module's own lines. */
	readonly name: string;
	readonly node: PyNode;
	readonly body: PyNode;
	readonly parameters: readonly string[];
	readonly decorators: readonly PyNode[];
	/** The class whose method it is. */
	readonly owner: PyClass | undefined;
	/** The scope it is defined in. */
	readonly outer: Scope | undefined;
	/** Functions and classes defined in it. */
	readonly functions: ReadonlyMap<string, Scope>;
	/** All that were defined under a name, in order. */
	readonly classes: ReadonlyMap<string, readonly PyClass[]>;
}

/** A module's scope, with all that is defined in it. */
export function readScope(path: string, module: PyNode): Scope {
	return scopeOf({ module, path, node: module, decorators: [] });
}

function scopeOf(
	given: Pick<Scope, "module" | "path" | "node" | "decorators"> &
		Partial<Pick<Scope, "owner" | "outer">>,
): Scope {
	const { module, path, node } = given;
	const body = field(node, "body") ?? node;
	const functions = new Map<string, Scope>();
	const classes = new Map<string, PyClass[]>();
	const scope: Scope = {
		owner: undefined,
		outer: undefined,
		...given,
		name: field(node, "name")?.text ?? "",
		body,
		parameters: parametersOf(node),
		functions,
		classes,
	};
	for (const { node: one, decorators } of definitionsIn(body)) {
		const name = field(one, "name")?.text ?? "";
		if (one.type === "class_definition")
			classes.set(name, [...(classes.get(name) ?? []), classOf(one, scope)]);
		else
			functions.set(
				name,
				scopeOf({ module, path, node: one, decorators, outer: scope }),
			);
	}
	return scope;
}

function classOf(node: PyNode, outer: Scope): PyClass {
	const { module, path } = outer;
	const methods = new Map<string, Scope>();
	const bases = (field(node, "superclasses")?.children ?? []).filter(
		({ type }) => type !== "keyword_argument",
	);
	const name = field(node, "name")?.text ?? "";
	const owner: PyClass = { module, path, name, node, bases, methods };
	const body = field(node, "body");
	for (const { node: one, decorators } of body ? definitionsIn(body) : [])
		if (one.type === "function_definition") {
			const method = { module, path, node: one, decorators, owner, outer };
			methods.set(field(one, "name")?.text ?? "", scopeOf(method));
		}
	return owner;
}

function parametersOf(node: PyNode): string[] {
	return (field(node, "parameters")?.children ?? []).map((one) => {
		if (one.type === "identifier") return one.text;
		return (field(one, "name") ?? one.children[0] ?? one).text;
	});
}

const known = new WeakMap<Scope, ReadonlyMap<string, readonly Given[]>>();

/** All that a scope writes to a name, or to an attribute such as `self.model`, in order. */
export function givenTo(scope: Scope, name: string): readonly Given[] {
	const given = known.get(scope) ?? writtenIn(scope.body);
	known.set(scope, given);
	return given.get(name) ?? [];
}
