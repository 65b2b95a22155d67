// Entering a function, class or lambda of the repository.
import { field, fields, type PyNode } from "../node.ts";
import { bindName } from "./assign.ts";
import type { Arguments } from "./calls.ts";
import { evaluate } from "./expressions.ts";
import { type Frame, freshId, lookUp, unknown } from "./frame.ts";
import { runBlock } from "./statements.ts";
import { type Callee, combine, type Value, value } from "./value.ts";

const DEEPEST = 12;

export function invoke(
	caller: Frame,
	{ node, frame: home, self }: Callee,
	args: Arguments,
): Value {
	const { world } = caller;
	const again = world.stack.includes(node);
	if (again || world.stack.length >= DEEPEST) return combine(args.all);
	world.called.add(node);
	world.stack.push(node);
	try {
		if (node.type === "class_definition")
			return instantiate(caller, { node, frame: home }, args);
		const frame: Frame = {
			world,
			module: home.module,
			vars: new Map(),
			outer: home.vars === home.module.vars ? undefined : home,
			conditions: caller.conditions,
			returned: [],
		};
		bindParameters(frame, node, self, args);
		const body = field(node, "body");
		if (!body) return value();
		if (node.type === "lambda") return evaluate(frame, body);
		runBlock(frame, body);
		return together(frame.returned);
	} finally {
		world.stack.pop();
	}
}

/** Several returns: the shape of the first that has one, the content of all. */
function together(returned: readonly Value[]): Value {
	const [only] = returned;
	if (!only || returned.length === 1) return only ?? value();
	const shaped = returned.find(
		(it) => it.items ?? it.attrs ?? it.each ?? it.parts ?? it.callee,
	);
	return { ...shaped, ...combine(returned) };
}

function instantiate(caller: Frame, type: Callee, args: Arguments): Value {
	const self = value({ attrs: new Map() });
	const methods = methodsOf(type, self);
	for (const [name, method] of methods) self.attrs?.set(name, method);
	for (const [name, given] of args.named) self.attrs?.set(name, given);
	const init = methods.get("__init__")?.callee;
	if (init) invoke(caller, init, args);
	return self;
}

/** The methods of a class and of its bases in the repository, bound to `self`. */
export function methodsOf(
	{ node, frame }: Callee,
	self: Value,
	depth = 0,
): Map<string, Value> {
	const methods = new Map<string, Value>();
	const bases = field(node, "superclasses")?.children ?? [];
	for (const base of bases) {
		const found = lookUp(frame, base.text)?.callee;
		if (found?.node.type === "class_definition" && depth < 5)
			for (const [name, method] of methodsOf(found, self, depth + 1))
				methods.set(name, method);
	}
	for (const member of field(node, "body")?.children ?? []) {
		const definition = field(member, "definition") ?? member;
		const name = field(definition, "name")?.text;
		if (definition.type !== "function_definition" || !name) continue;
		const still = /@staticmethod/.test(member.text.slice(0, 200));
		const callee = { node: definition, frame, self: still ? undefined : self };
		methods.set(name, value({ callee }));
	}
	return methods;
}

interface Parameter {
	readonly name: string;
	readonly fallback?: PyNode | undefined;
}

function bindParameters(
	frame: Frame,
	node: PyNode,
	self: Value | undefined,
	{ positional, named, node: list }: Arguments,
): void {
	const given = self ? [self, ...positional] : positional;
	for (const [index, { name, fallback }] of parametersOf(node).entries()) {
		const since = freshId(frame);
		const argument =
			given[index] ??
			named.get(name) ??
			(fallback ? evaluate(frame, fallback) : unknown(frame));
		bindName(frame, name, argument, { node: list, since });
	}
}

function parametersOf(node: PyNode): Parameter[] {
	return (field(node, "parameters")?.children ?? []).flatMap((child) => {
		if (child.type === "identifier") return [{ name: child.text }];
		const name =
			field(child, "name")?.text ??
			child.children.find(({ type }) => type === "identifier")?.text;
		if (!name || /separator/.test(child.type)) return [];
		const [fallback] = fields(child, "value");
		return [{ name, fallback }];
	});
}
