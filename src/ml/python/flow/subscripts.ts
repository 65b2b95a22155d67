// `row["age"]`, `rows[:n]`, `df[mask]`, `rates[key]`, `parts[0]`.
import { field, fields, type PyNode } from "../node.ts";
import { columnOf, evaluate } from "./expressions.ts";
import { filterOf } from "./filters.ts";
import type { Frame } from "./frame.ts";
import { withColumns } from "./table.ts";
import { contentOf, type Value, value, withTable } from "./value.ts";
import { select, takePart } from "./writes.ts";

export function subscript(frame: Frame, node: PyNode): Value {
	const base = field(node, "value");
	if (!base) return value();
	const owner = evaluate(frame, base);
	const keys = fields(node, "subscript");
	// df.loc[rows, columns]
	return keys.reduce((whole, key) => pick(frame, whole, key), owner);
}

function pick(frame: Frame, owner: Value, key: PyNode): Value {
	if (key.type === "slice") {
		const everything = key.children.length === 0;
		return everything ? owner : select(frame, owner);
	}
	const index = /^-?\d+$/.test(key.text) ? Number(key.text) : undefined;
	if (index !== undefined) return pickAt(owner, index);
	const given = evaluate(frame, key);
	if (owner.parts)
		return takePart(owner.parts, given.text ?? "unknown") ?? value();
	if (given.text !== undefined) return pickNamed(owner, given.text);
	if (
		given.items?.length &&
		given.items.every(({ text }) => text !== undefined)
	)
		return pickColumns(owner, given.items);
	return lookUpBy(frame, owner, given, key);
}

function pickAt(owner: Value, index: number): Value {
	if (owner.parts) return takePart(owner.parts, index) ?? value();
	return owner.items?.at(index) ?? owner.each ?? contentOf(owner);
}

function pickNamed(owner: Value, name: string): Value {
	const known = owner.attrs?.get(name);
	if (known) return known;
	// `df.groupby("region").mean()["churned"]`: now the column is known.
	if (owner.statistics.some(({ column }) => column === "*"))
		return {
			...contentOf(owner),
			statistics: owner.statistics.map((statistic) =>
				statistic.column === "*" ? { ...statistic, column: name } : statistic,
			),
		};
	return columnOf(owner, name);
}

function pickColumns(owner: Value, names: readonly Value[]): Value {
	const { table } = owner;
	if (!table) return contentOf(owner);
	const kept = names.map(({ text = "" }) => text);
	return {
		...contentOf(owner),
		table: withColumns(table, { kept }),
		cells: kept.map((column) => ({ path: table.path, column })),
	};
}

/** A key that is itself computed: an index, a mask, or a category. */
function lookUpBy(
	frame: Frame,
	owner: Value,
	given: Value,
	key: PyNode,
): Value {
	const { table } = owner;
	if (table && given.table?.path.startsWith(`${table.path}/`))
		return withTable(contentOf(owner), given.table);
	const masks = /operator$/.test(key.type) || given.table?.path === table?.path;
	if (table && masks && given.cells.length && !owner.grouped) {
		const filter = filterOf(frame, key);
		if (filter.kind === "selection") return select(frame, owner);
		if (filter.kind === "category")
			return { ...contentOf(owner), grouped: filter.columns };
		return contentOf(owner);
	}
	// A value looked up for a row belongs to that row.
	return { ...contentOf(owner), table: table ?? given.table };
}
