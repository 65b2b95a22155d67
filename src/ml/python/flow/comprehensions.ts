import { field, type PyNode } from "../node.ts";
import { bind } from "./assign.ts";
import { evaluate } from "./expressions.ts";
import { type Filter, filterOf } from "./filters.ts";
import { type Frame, freshId } from "./frame.ts";
import { elementOf, type Value, value } from "./value.ts";
import { select, writtenCopy } from "./writes.ts";

export function comprehension(outer: Frame, node: PyNode): Value {
	const frame: Frame = { ...outer, vars: new Map(), outer };
	let source: Value = value();
	const filters: Filter[] = [];
	const conditions: Value[] = [];
	for (const clause of node.children) {
		if (clause.type === "for_in_clause") {
			const iterated = forIn(frame, clause);
			if (iterated?.table) source = iterated;
		} else if (clause.type === "if_clause" && clause.children[0]) {
			conditions.push(evaluate(frame, clause.children[0]));
			filters.push(filterOf(frame, clause.children[0]));
		}
	}
	const body = field(node, "body");
	if (!body) return value();
	if (node.type === "dictionary_comprehension") return keyed(frame, body);
	const element = evaluate(frame, body);
	if (node.type === "set_comprehension")
		return value({ cells: element.cells, statistics: element.statistics });
	return listOf(outer, node, { element, source, filters, conditions });
}

function forIn(frame: Frame, clause: PyNode): Value | undefined {
	const [left, right] = [field(clause, "left"), field(clause, "right")];
	if (!left || !right) return undefined;
	const since = freshId(frame);
	const iterated = evaluate(frame, right);
	bind(frame, left, elementOf(iterated), { node: right, since });
	return iterated;
}

/** A container by key: no rows of its own, unless whole rows are its values. */
function keyed(frame: Frame, pair: PyNode): Value {
	const [key, content] = [field(pair, "key"), field(pair, "value")];
	if (!key || !content) return value();
	evaluate(frame, key);
	const { table, cells, statistics, grouped } = evaluate(frame, content);
	const rows = statistics.length === 0 && (cells.length === 0 || grouped);
	return value({ cells, statistics, grouped, table: rows ? table : undefined });
}

interface Parts {
	readonly element: Value;
	readonly source: Value;
	readonly filters: readonly Filter[];
	readonly conditions: readonly Value[];
}

function listOf(
	frame: Frame,
	node: PyNode,
	{ element, source, filters, conditions }: Parts,
): Value {
	const own = element.table;
	const path = source.table?.path;
	const follows =
		own &&
		(path === undefined ||
			own.path === path ||
			own.path.startsWith(`${path}/`));
	const category = filters.find((filter) => filter.kind === "category");
	const shaped = element.items ?? element.attrs;
	let list = writtenCopy(
		frame,
		value({
			table: follows ? own : source.table,
			statistics: element.statistics,
			// Counting the rows of a category that meet a condition reads the condition.
			cells: category
				? [...element.cells, ...conditions.flatMap(({ cells }) => cells)]
				: element.cells,
			grouped: category ? category.columns : element.grouped,
		}),
		node,
	);
	if (filters.some(({ kind }) => kind === "selection"))
		list = select(frame, list);
	const moved = list.table && shaped && list.table === element.table;
	return moved ? { ...list, each: element } : list;
}
