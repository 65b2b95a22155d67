// Calls: the repository's own functions are entered, others are known by name or guessed.
import { field, type PyNode } from "../node.ts";
import { learnLabel } from "./assign.ts";
import { attributeOf, evaluate } from "./expressions.ts";
import { type Frame, unknown } from "./frame.ts";
import { callFunction } from "./functions.ts";
import { invoke } from "./invoke.ts";
import { callMethod } from "./methods.ts";
import { namesLabelColumn, namesSplit } from "./names.ts";
import { combine, contentOf, type Value, value } from "./value.ts";
import { splitInto } from "./writes.ts";

export interface Arguments {
	readonly positional: readonly Value[];
	readonly named: ReadonlyMap<string, Value>;
	readonly all: readonly Value[];
	/** The argument list as it is written. */
	readonly node: PyNode;
}

export function call(frame: Frame, node: PyNode): Value {
	const [callee, list] = [field(node, "function"), field(node, "arguments")];
	if (!callee || !list) return value();
	const args = argumentsOf(frame, list);
	if (callee.type !== "attribute") {
		const target = evaluate(frame, callee);
		return callValue(frame, target, callee.text, args, node);
	}
	const [object, name] = [field(callee, "object"), field(callee, "attribute")];
	if (!object || !name) return value();
	const owner = evaluate(frame, object);
	const own =
		owner.external || owner.module || owner.attrs?.has(name.text)
			? attributeOf(frame, owner, name.text)
			: undefined;
	if (own?.callee || own?.external)
		return callValue(frame, own, name.text, args, node);
	if (name.text === "fit") learnFitted(frame, args);
	if (isSplit(name.text, args)) return splitCall(frame, args, node);
	return callMethod(frame, { owner, object, name: name.text, args, node });
}

function callValue(
	frame: Frame,
	target: Value,
	name: string,
	args: Arguments,
	node: PyNode,
): Value {
	if (target.callee) {
		const result = invoke(frame, target.callee, args);
		return isSplit(name, args) ? splitCall(frame, args, node, result) : result;
	}
	if (isSplit(name, args)) return splitCall(frame, args, node);
	const last = target.external?.split(".").at(-1);
	if (last) return callFunction(frame, last, args, node);
	const read = combine([contentOf(target), ...args.all]);
	return read.table ? read : { ...read, table: unknown(frame).table };
}

function isSplit(name: string, { positional }: Arguments): boolean {
	return namesSplit(name) && positional.some(({ table }) => table);
}

/** Divides the rows given, and the rows the function itself made of them. */
function splitCall(
	frame: Frame,
	{ positional }: Arguments,
	node: PyNode,
	result?: Value,
): Value {
	const rows = positional.filter(({ table }) => table);
	const parts = splitInto(frame, rows, node);
	for (const made of result?.items ?? (result ? [result] : []))
		splitInto(frame, [contentOf(made)], node);
	return value({ parts });
}

function argumentsOf(frame: Frame, list: PyNode): Arguments {
	if (list.type === "generator_expression") {
		const only = evaluate(frame, list);
		return { positional: [only], named: new Map(), all: [only], node: list };
	}
	const positional: Value[] = [];
	const named = new Map<string, Value>();
	for (const child of list.children) {
		if (child.type !== "keyword_argument") {
			const given = evaluate(frame, child);
			const spread = child.type === "list_splat" && given.items;
			positional.push(...(spread || [given]));
			continue;
		}
		const [key, content] = [field(child, "name"), field(child, "value")];
		if (!key || !content) continue;
		const given = evaluate(frame, content);
		if (given.text !== undefined && namesLabelColumn(key.text))
			frame.world.labels.add(given.text);
		named.set(key.text, given);
	}
	return {
		positional,
		named,
		all: [...positional, ...named.values()],
		node: list,
	};
}

/** `model.fit(X, y)` says what the label is. */
function learnFitted(frame: Frame, { positional, named }: Arguments): void {
	const label = named.get("y") ?? positional[1];
	if (label) learnLabel(frame, label);
}
