// Names, fields and cells get their values.
import { field, fields, type PyNode } from "../node.ts";
import { evaluate } from "./expressions.ts";
import { type Frame, freshId, placeOf, unknown } from "./frame.ts";
import {
	namesFeatures,
	namesLabelColumn,
	namesLabelValues,
	namesPart,
} from "./names.ts";
import { isDivided, isSelection, partOf, withColumns } from "./table.ts";
import {
	combine,
	contentOf,
	elementOf,
	type Value,
	value,
	withTable,
} from "./value.ts";
import { divide, takePart, write } from "./writes.ts";

/** Where the value comes from, as far as names need to know. */
export interface Origin {
	readonly node: PyNode;
	/** Ids above this were given while the right side was evaluated. */
	readonly since: number;
}

export function bind(
	frame: Frame,
	target: PyNode,
	given: Value,
	origin: Origin,
): void {
	switch (target.type) {
		case "identifier":
			bindName(frame, target.text, given, origin);
			return;
		case "pattern_list":
		case "tuple_pattern":
		case "list_pattern":
		case "tuple":
		case "list":
			bindItems(frame, target.children, given, origin);
			return;
		case "list_splat_pattern":
		case "parenthesized_expression":
		case "as_pattern_target":
			if (target.children[0]) bind(frame, target.children[0], given, origin);
			return;
		case "subscript":
			bindCell(frame, target, given);
			return;
		case "attribute":
			bindField(frame, target, given, origin);
			return;
	}
}

export function bindName(
	frame: Frame,
	name: string,
	given: Value,
	origin: Origin,
): void {
	if (given.text !== undefined && namesLabelColumn(name))
		frame.world.labels.add(given.text);
	if (namesLabelValues(name)) learnLabel(frame, given);
	// `X = df.drop(columns=["churned"])`: the one column taken away is the label.
	const [missing, ...others] = given.lacks ?? [];
	if (namesFeatures(name) && missing !== undefined && !others.length)
		frame.world.labels.add(missing);
	frame.vars.set(
		name,
		namesPart(name) ? asPart(frame, name, given, origin) : given,
	);
}

/** The one column the values were read from is the label. */
export function learnLabel(frame: Frame, given: Value): void {
	const columns = new Set(given.cells.map(({ column }) => column));
	const [only] = columns;
	if (columns.size === 1 && only && !given.statistics.length)
		frame.world.labels.add(only);
}

/** Rows that are called training or test rows are that, unless flow knows better. */
function asPart(
	frame: Frame,
	name: string,
	given: Value,
	{ node, since }: Origin,
): Value {
	const { table } = given;
	if (!table || isDivided(table.path)) return given;
	if (isSelection(table.path)) {
		divide(frame, given, node);
		const id = `s${freshId(frame)}`;
		frame.world.splits.set(id, placeOf(frame, node));
		const path = table.path.replace(/\/x\d+$/, `/${id}:${name}`);
		return withTable(given, { ...table, path });
	}
	const born = Number(/^t(\d+)/.exec(table.path)?.[1] ?? 0);
	const chosen = /comprehension|generator/.test(node.type);
	return born > since || chosen
		? withTable(given, partOf(table, `n:${name}`))
		: given;
}

function bindItems(
	frame: Frame,
	targets: readonly PyNode[],
	given: Value,
	origin: Origin,
): void {
	for (const [index, target] of targets.entries()) {
		const item = given.parts
			? takePart(given.parts, index, targets.length)
			: given.items?.length
				? given.items[index]
				: (given.each ?? elementOf(given));
		bind(frame, target, item ?? value(), origin);
	}
}

function bindField(
	frame: Frame,
	target: PyNode,
	given: Value,
	origin: Origin,
): void {
	const [object, name] = [field(target, "object"), field(target, "attribute")];
	if (!object || !name) return;
	const owner = evaluate(frame, object);
	if (owner.table && given.statistics.length)
		write(frame, owner.table, given.statistics, origin.node, name.text);
	if (namesLabelValues(name.text)) learnLabel(frame, given);
	owner.attrs ??= new Map();
	owner.attrs.set(name.text, given);
}

/** `row["rate"] = …`, `df["rate"] = …`, `rates[key] = …`. */
function bindCell(frame: Frame, target: PyNode, given: Value): void {
	const base = field(target, "value");
	if (!base) return;
	const holder = evaluate(frame, base);
	const keys = fields(target, "subscript").map((key) => evaluate(frame, key));
	const name = keys.at(-1)?.text;
	if (holder.table && !keys.some(({ cells }) => cells.length)) {
		if (given.statistics.length)
			write(frame, holder.table, given.statistics, target, name);
		if (name !== undefined && holder.attrs) holder.attrs.set(name, given);
		return;
	}
	hold(holder, given, keys);
	if (name !== undefined) {
		holder.attrs ??= new Map();
		holder.attrs.set(name, given);
	}
}

/** A container takes something in under a key. */
export function hold(
	holder: Value,
	given: Value,
	keys: readonly Value[],
): void {
	const columns = keys.flatMap(({ cells }) =>
		cells.map(({ column }) => column),
	);
	const together = combine([contentOf(holder), contentOf(given)]);
	holder.cells = together.cells;
	holder.statistics = together.statistics;
	// Single cells are no rows; whole rows, and lists made of a row, are.
	const isRow = given.items || given.attrs || !given.cells.length;
	if (isRow && !given.statistics.length) holder.table ??= given.table;
	if (columns.length && given.table) holder.grouped ??= [...new Set(columns)];
}

/** `del df["rate"]`: what was written into the column is gone. */
export function deleteCell(frame: Frame, target: PyNode): void {
	const [base, key] = [field(target, "value"), field(target, "subscript")];
	if (!base || !key) return;
	const holder = evaluate(frame, base);
	const { text } = evaluate(frame, key);
	if (holder.table && text !== undefined)
		holder.table = withColumns(holder.table, { dropped: [text] });
}

/** The value of a name nobody has given one: remembered, so that it stays the same. */
export function unknownName(frame: Frame, name: string): Value {
	const fresh = unknown(frame);
	frame.module.vars.set(name, fresh);
	return fresh;
}
