// What is known about a Python value. Nothing of it is required, all may be missing.
import type { PyNode } from "../node.ts";
import type { Statistic } from "./flow.ts";
import type { Frame, ModuleScope } from "./frame.ts";
import { alongside, type Table } from "./table.ts";

/** Mutable, like the Python objects it stands for: aliases share one Value. */
export interface Value {
	/** The rows it holds, or the row it belongs to. */
	table?: Table | undefined;
	/** Columns its content was read from. */
	cells: readonly Cell[];
	/** Statistics its content was computed from. */
	statistics: readonly Statistic[];
	/** Rows of one category at a time; the columns that make the category. */
	grouped?: readonly string[] | undefined;
	text?: string | undefined;
	/** Columns that were just taken away from its rows. */
	lacks?: readonly string[] | undefined;
	items?: readonly Value[] | undefined;
	/** What iterating gives, where that is not the value itself. */
	each?: Value | undefined;
	/** Fields of an instance, or string keys of a dictionary. */
	attrs?: Map<string, Value> | undefined;
	callee?: Callee | undefined;
	module?: ModuleScope | undefined;
	/** Dotted name of something imported from outside of the repository. */
	external?: string | undefined;
	/** The result of a split before its parts are told apart. */
	parts?: { readonly of: readonly Value[]; readonly id: string } | undefined;
}

export interface Cell {
	/** Path of the table it was read from. */
	readonly path: string;
	readonly column: string;
}

export interface Callee {
	/** A function, class or lambda. */
	readonly node: PyNode;
	readonly frame: Frame;
	readonly self?: Value | undefined;
}

export function value(known: Partial<Value> = {}): Value {
	return { cells: [], statistics: [], ...known };
}

/** What an expression made of several values knows. */
export function combine(values: readonly Value[]): Value {
	const tables = values.flatMap(({ table }) => (table ? [table] : []));
	return value({
		table: alongside(tables),
		cells: [...new Set(values.flatMap(({ cells }) => cells))],
		statistics: [...new Set(values.flatMap(({ statistics }) => statistics))],
		grouped: values.find(({ grouped }) => grouped)?.grouped,
	});
}

/** The same content without its shape: not this list, not this string. */
export function contentOf(whole: Value): Value {
	const { table, cells, statistics, grouped } = whole;
	return value({ table, cells, statistics, grouped });
}

/** What a for loop over the value gives. */
export function elementOf(whole: Value): Value {
	if (whole.each) return whole.each;
	if (whole.parts) return value({ parts: whole.parts });
	if (whole.items?.length === 1) return whole.items[0] ?? value();
	return whole.items?.length ? combine(whole.items) : contentOf(whole);
}

/** The value with other rows behind it; its cells and its inner values move along. */
export function withTable(whole: Value, table: Table, depth = 0): Value {
	const old = whole.table?.path;
	const move = (inner: Value): Value =>
		inner.table?.path === old && depth < 4
			? withTable(inner, table, depth + 1)
			: inner;
	return {
		...whole,
		table,
		cells: whole.cells.map((cell) =>
			cell.path === old ? { ...cell, path: table.path } : cell,
		),
		each: whole.each && move(whole.each),
		items: whole.items?.map(move),
		attrs:
			whole.attrs &&
			new Map([...whole.attrs].map(([name, inner]) => [name, move(inner)])),
	};
}
