// Calls: the repository's own functions are entered, others are known by name or guessed.
import { field, type PyNode } from "../node.ts";
import { attributeOf } from "./attributes.ts";
import { combine, type Datum, datum } from "./datum.ts";
import { estimatorMethod } from "./estimators.ts";
import { evaluate } from "./expressions.ts";
import { applyNetwork, invoke, isNetwork } from "./invoke.ts";
import { callLibrary } from "./library.ts";
import { callMethod } from "./methods.ts";
import type { Frame } from "./scope.ts";

export interface Arguments {
	readonly positional: readonly Datum[];
	readonly named: ReadonlyMap<string, Datum>;
	readonly all: readonly Datum[];
	/** The argument list as it is written. */
	readonly node: PyNode;
	/** How the named arguments are written. */
	readonly texts: ReadonlyMap<string, string>;
}

export function call(frame: Frame, node: PyNode): Datum {
	const [callee, list] = [field(node, "function"), field(node, "arguments")];
	if (!callee || !list) return datum();
	const args = argumentsOf(frame, list);
	if (callee.type !== "attribute") {
		const target = evaluate(frame, callee);
		return callValue(frame, target, callee.text, args, node);
	}
	const [object, name] = [field(callee, "object"), field(callee, "attribute")];
	if (!object || !name) return datum();
	const owner = evaluate(frame, object);
	const own =
		owner.external || owner.module || owner.attrs?.get(name.text)?.callee
			? attributeOf(frame, owner, name.text)
			: undefined;
	if (own?.callee || own?.external)
		return callValue(frame, own, name.text, args, node);
	const called = { owner, object, name: name.text, args, node };
	return estimatorMethod(frame, called) ?? callMethod(frame, called);
}

export function callValue(
	frame: Frame,
	target: Datum,
	name: string,
	args: Arguments,
	node: PyNode,
): Datum {
	if (target.callee) return invoke(frame, target.callee, args);
	if (isNetwork(target)) return applyNetwork(frame, target, args, node);
	const known = target.external?.split(".").at(-1);
	if (known || target.rows.length === 0)
		return callLibrary(frame, known ?? name, args, node, target);
	return combine([target, ...args.all]);
}

function argumentsOf(frame: Frame, list: PyNode): Arguments {
	const positional: Datum[] = [];
	const named = new Map<string, Datum>();
	const texts = new Map<string, string>();
	if (list.type === "generator_expression")
		positional.push(evaluate(frame, list));
	else
		for (const child of list.children) {
			if (child.type !== "keyword_argument") {
				const given = evaluate(frame, child);
				if (child.type === "dictionary_splat")
					for (const [key, one] of given.attrs ?? []) named.set(key, one);
				else
					positional.push(
						...((child.type === "list_splat" && given.items) || [given]),
					);
				continue;
			}
			const [key, content] = [field(child, "name"), field(child, "value")];
			if (!key || !content) continue;
			named.set(key.text, evaluate(frame, content));
			texts.set(key.text, content.text);
		}
	const all = [...positional, ...named.values()];
	return { positional, named, all, node: list, texts };
}

/** Arguments for a call nobody wrote. */
export function argumentsFor(
	positional: readonly Datum[],
	node: PyNode,
): Arguments {
	return {
		positional,
		named: new Map(),
		all: positional,
		node,
		texts: new Map(),
	};
}
