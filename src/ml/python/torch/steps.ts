// What a piece of code does, call by call in order, with the repository's own
// functions entered and their parameters put back into the caller's words.
import { type Called, readCalled } from "../called.ts";
import { field, type PyNode } from "../node.ts";
import { writesOf } from "./given.ts";
import type { Program } from "./program.ts";
import type { Scope } from "./scope.ts";

export interface Step extends Called {
	/** Where it is written. */
	readonly scope: Scope;
	/** What the method is called on, in the words of the code one started from. */
	readonly on: string;
	/** Loops and `with` statements around it, from the start, the innermost last; entered functions' too. */
	readonly around: readonly PyNode[];
	/** The first call on the way here that stands in the code one started from. */
	readonly via: PyNode;
	/** The repository's function that it enters. */
	readonly target: Scope | undefined;
}

const DEEPEST = 4;
const MOST = 4_000;

interface Place {
	readonly scope: Scope;
	readonly words: ReadonlyMap<string, string>;
	readonly around: readonly PyNode[];
	readonly via: PyNode | undefined;
	readonly entered: readonly Scope[];
}

export function stepsOf(program: Program, scope: Scope, code: PyNode): Step[] {
	const steps: Step[] = [];
	const place = {
		scope,
		words: new Map(),
		around: [],
		via: undefined,
		entered: [scope],
	};
	follow(program, code, place, steps);
	return steps;
}

const AROUND = /^(for_statement|while_statement|with_statement)$/;
const STAYS_OUT = /^(function_definition|class_definition)$/;

function follow(
	program: Program,
	node: PyNode,
	place: Place,
	steps: Step[],
): void {
	if (steps.length >= MOST) return;
	const inside = AROUND.test(node.type)
		? { ...place, around: [...place.around, node] }
		: place;
	for (const child of node.children)
		if (!STAYS_OUT.test(child.type)) follow(program, child, inside, steps);
	if (node.type === "call") take(program, node, place, steps);
	else if (clearsGradient(node))
		steps.push({
			...readCalled(node, place.scope.module),
			method: "zero_grad",
			scope: place.scope,
			on: "",
			around: place.around,
			via: place.via ?? node,
			target: undefined,
		});
}

/** `p.grad = None` */
function clearsGradient(node: PyNode): boolean {
	return (
		node.type === "assignment" &&
		writesOf(node).some(
			([left, { value }]) =>
				/\.grad(\.data)?$/.test(left.text) && /^(None|0)$/.test(value.text),
		)
	);
}

function take(
	program: Program,
	node: PyNode,
	place: Place,
	steps: Step[],
): void {
	const { scope, around } = place;
	const called = readCalled(node, scope.module);
	const target = program.target(scope, node);
	const on = called.receiver ? inWords(called.receiver.text, place.words) : "";
	const via = place.via ?? node;
	steps.push({ ...called, scope, on, around, via, target });
	if (target)
		enter(
			program,
			target,
			wordsFor(target, called, place),
			{ ...place, via },
			steps,
		);
	// optimizer.step(closure)
	for (const given of called.positional) {
		const inner =
			given.type === "identifier"
				? innerFunction(scope, given.text)
				: undefined;
		if (inner) enter(program, inner, place.words, { ...place, via }, steps);
	}
}

function enter(
	program: Program,
	target: Scope,
	words: ReadonlyMap<string, string>,
	place: Place,
	steps: Step[],
): void {
	if (place.entered.length > DEEPEST || place.entered.includes(target)) return;
	const entered = [...place.entered, target];
	follow(
		program,
		target.body,
		{ ...place, scope: target, words, entered },
		steps,
	);
}

function innerFunction(scope: Scope, name: string): Scope | undefined {
	for (let at: Scope | undefined = scope; at; at = at.outer) {
		const inner = at.functions.get(name);
		if (inner) return inner;
	}
	return undefined;
}

/** What the parameters of an entered function are called outside. */
function wordsFor(
	target: Scope,
	{ positional, named, receiver }: Called,
	{ words }: Place,
): Map<string, string> {
	const isMethod = target.owner !== undefined;
	const inner = new Map<string, string>();
	const [self, ...rest] = target.parameters;
	if (isMethod && self && receiver)
		inner.set(self, inWords(receiver.text, words));
	for (const [i, name] of (isMethod ? rest : target.parameters).entries()) {
		const given = named.get(name) ?? positional[i];
		if (given) inner.set(name, inWords(given.text, words));
	}
	return inner;
}

function inWords(text: string, words: ReadonlyMap<string, string>): string {
	const [, head = "", tail = ""] = /^(\w+)([\s\S]*)$/.exec(text) ?? [];
	const word = words.get(head);
	return word === undefined ? text : word + tail;
}

/** Loops among what stands around. */
export const loopsOf = ({ around }: Pick<Step, "around">): PyNode[] =>
	around.filter(({ type }) => type !== "with_statement");

/** An inner loop holds both. */
export function shareLoop(one: Step, other: Step): boolean {
	const [outer] = loopsOf(one);
	return outer !== undefined && outer === loopsOf(other)[0];
}

export const bodyOf = (loop: PyNode): PyNode => field(loop, "body") ?? loop;
