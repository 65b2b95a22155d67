// Methods of lists, dictionaries and data frames, by name.
import type { PyNode } from "../node.ts";
import { containerOf, grow } from "./accumulate.ts";
import { hold } from "./assign.ts";
import type { Arguments } from "./calls.ts";
import { evaluate } from "./expressions.ts";
import { type Frame, freshPath } from "./frame.ts";
import { frameMethod } from "./frames.ts";
import { namesPart } from "./names.ts";
import { isDivided, stacked } from "./table.ts";
import { combine, contentOf, elementOf, type Value, value } from "./value.ts";
import { divide, select, write, writtenCopy } from "./writes.ts";

export interface MethodCall {
	readonly owner: Value;
	/** The expression before the dot. */
	readonly object: PyNode;
	readonly name: string;
	readonly args: Arguments;
	readonly node: PyNode;
}

export function callMethod(frame: Frame, called: MethodCall): Value {
	const { owner, name, args, node } = called;
	switch (name) {
		case "append":
		case "add":
		case "appendleft":
			return append(frame, called);
		case "extend":
			return extend(frame, called);
		case "update":
			if (owner.table && args.all.some(({ statistics }) => statistics.length))
				write(frame, owner.table, combine(args.all).statistics, node);
			else hold(owner, combine(args.all), []);
			return value();
		case "get":
		case "pop":
		case "setdefault":
			return lookUp(called);
		case "items":
			return {
				...contentOf(owner),
				each: value({
					...contentOf(owner),
					items: [value(), elementOf(owner)],
				}),
			};
		case "values":
		case "to_dict":
		case "tolist":
		case "to_list":
		case "to_numpy":
		case "reset_index":
			return contentOf(owner);
		case "keys":
			return value();
		case "copy":
			return { ...owner };
		default:
			return frameMethod(frame, called);
	}
}

/** `rates.get(key, default)`, `row.get("age")`, `row.pop("churned")`. */
function lookUp({ owner, args }: MethodCall): Value {
	const [key, fallback] = args.positional;
	if (key?.text !== undefined) {
		const known = owner.attrs?.get(key.text);
		if (known) return known;
		if (owner.table)
			return {
				...contentOf(owner),
				cells: [{ path: owner.table.path, column: key.text }],
			};
	}
	const found = combine([
		contentOf(owner),
		...(fallback ? [contentOf(fallback)] : []),
	]);
	return { ...found, table: owner.table ?? key?.table };
}

function append(
	frame: Frame,
	{ owner, object, args, node }: MethodCall,
): Value {
	let given = args.positional.at(-1) ?? value();
	const { root, keys: nodes } = containerOf(object);
	const keys = nodes.map((key) => evaluate(frame, key));
	if (root && keys.some(({ cells }) => cells.length)) {
		const holder = evaluate(frame, root);
		const plainRow = !given.cells.length && !given.statistics.length;
		if (plainRow) hold(holder, given, keys);
		else grow(frame, holder, keys, given, node);
		return value();
	}
	given = writtenCopy(frame, given, node);
	if (
		given.table &&
		goesToPart(frame, object) &&
		!isDivided(given.table.path)
	) {
		given = select(frame, given);
		divide(frame, given, node);
	}
	hold(owner, given, []);
	if (given.items || given.attrs) owner.each ??= given;
	return value();
}

/** `if …: train.append(row)`: the condition divides the rows. */
function goesToPart(frame: Frame, object: PyNode): boolean {
	return (
		frame.conditions.length > 0 &&
		object.type === "identifier" &&
		namesPart(object.text)
	);
}

function extend(frame: Frame, { owner, args }: MethodCall): Value {
	const given = combine(args.all);
	const tables = [owner.table, given.table].flatMap((it) => (it ? [it] : []));
	hold(owner, given, []);
	owner.table = stacked(tables, () => freshPath(frame));
	return value();
}
