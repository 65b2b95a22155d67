// Entering a function, class or lambda of the repository.
import { field, fields, type PyNode } from "../node.ts";
import type { Arguments } from "./calls.ts";
import { type Callee, combine, contentOf, type Datum, datum } from "./datum.ts";
import { newEstimator } from "./estimators.ts";
import { evaluate } from "./expressions.ts";
import {
	becomeRows,
	type Frame,
	lookUp,
	materialOf,
	scoreOf,
	unknown,
} from "./scope.ts";
import { runBlock, together } from "./statements.ts";

const DEEPEST = 10;

export function invoke(
	caller: Frame,
	{ node, frame: home, self }: Callee,
	args: Arguments,
): Datum {
	const { world } = caller;
	if (world.stack.includes(node) || world.stack.length >= DEEPEST)
		return combine(args.all);
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
			globals: new Set(),
			returned: [],
		};
		bindParameters(frame, node, self, args);
		const body = field(node, "body");
		if (!body) return datum();
		if (node.type === "lambda") return evaluate(frame, body);
		runBlock(frame, body);
		return together(frame.returned);
	} finally {
		world.stack.pop();
	}
}

function instantiate(caller: Frame, type: Callee, args: Arguments): Datum {
	const self = datum({ attrs: new Map() });
	const methods = methodsOf(type, self);
	for (const [name, method] of methods) self.attrs?.set(name, method);
	if (methods.has("forward") || derives(type, /\b(Module|LightningModule)$/))
		self.estimator = newEstimator(caller, "Module", type.node);
	// A class of data is its rows: wrapped in a loader, they come out again.
	const content = combine(args.all.map(contentOf));
	if (methods.has("__getitem__")) {
		self.rows = content.rows;
		self.taints = content.taints;
	}
	const init = methods.get("__init__")?.callee;
	if (init) invoke(caller, init, args);
	else for (const [name, given] of args.named) self.attrs?.set(name, given);
	return self;
}

function derives({ node }: Callee, base: RegExp): boolean {
	const bases = field(node, "superclasses")?.children ?? [];
	return bases.some(({ text }) => base.test(text));
}

/** The methods of a class and of its bases in the repository, bound to `self`. */
export function methodsOf(
	{ node, frame }: Callee,
	self: Datum,
	depth = 0,
): Map<string, Datum> {
	const methods = new Map<string, Datum>();
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
		methods.set(name, datum({ callee }));
	}
	return methods;
}

export function isNetwork({ estimator, attrs }: Datum): boolean {
	return Boolean(
		(estimator?.role === "model" && attrs?.get("forward")) ||
			estimator?.name === "Module" ||
			estimator?.name === "Sequential",
	);
}

/** `network(x)`: becomes training when a loss made of it is followed back. */
export function applyNetwork(
	frame: Frame,
	{ estimator }: Datum,
	args: Arguments,
	node: PyNode,
): Datum {
	const [input] = args.positional;
	if (!estimator || !input) return combine(args.all);
	const data = materialOf(becomeRows(frame, input));
	const seen = { estimator, data, kind: "predict", measured: false } as const;
	const application = scoreOf(frame, seen, node);
	frame.world.applications.push(application);
	return datum({ rows: data.rows, applied: [application] });
}

function bindParameters(
	frame: Frame,
	node: PyNode,
	self: Datum | undefined,
	{ positional, named }: Arguments,
): void {
	const given = self ? [self, ...positional] : positional;
	const parameters = parametersOf(node);
	for (const [index, { name, fallback, rest }] of parameters.entries()) {
		const more = given.slice(index);
		const argument = rest
			? { ...combine(more), items: [...more] }
			: (given[index] ??
				named.get(name) ??
				(fallback ? evaluate(frame, fallback) : unknown()));
		frame.vars.set(name, argument);
	}
}

interface Parameter {
	readonly name: string;
	readonly fallback?: PyNode | undefined;
	readonly rest?: boolean;
}

function parametersOf(node: PyNode): Parameter[] {
	return (field(node, "parameters")?.children ?? []).flatMap((child) => {
		if (child.type === "identifier") return [{ name: child.text }];
		const name =
			field(child, "name")?.text ??
			child.children.find(({ type }) => type === "identifier")?.text;
		if (!name || /separator/.test(child.type)) return [];
		const [fallback] = fields(child, "value");
		return [{ name, fallback, rest: child.type === "list_splat_pattern" }];
	});
}
