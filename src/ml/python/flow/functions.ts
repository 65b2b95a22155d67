// Functions from outside of the repository, by the last part of their name.
import type { PyNode } from "../node.ts";
import { statisticsOf } from "./accumulate.ts";
import { learnLabel } from "./assign.ts";
import type { Arguments } from "./calls.ts";
import { type Frame, freshPath, placeOf, unknown } from "./frame.ts";
import { invoke } from "./invoke.ts";
import { stacked } from "./table.ts";
import { combine, contentOf, elementOf, type Value, value } from "./value.ts";
import { writtenCopy } from "./writes.ts";

type Known = (frame: Frame, args: Arguments, node: PyNode) => Value;

const nothing: Known = () => value();
const first: Known = (_, { positional: [only] }) => only ?? value();
const content: Known = (_, { positional: [only] }) =>
	only ? contentOf(only) : value();

/** What is put together row by row becomes rows with all of it. */
const assembled: Known = (frame, args, node) =>
	writtenCopy(frame, combine(args.all), node);

const FUNCTIONS: Readonly<Record<string, Known>> = {
	print: nothing,
	range: nothing,
	isinstance: nothing,
	any: nothing,
	all: nothing,
	defaultdict: nothing,
	OrderedDict: nothing,
	Counter: nothing,
	list: first,
	tuple: first,
	sorted: first,
	reversed: first,
	iter: first,
	deepcopy: first,
	copy: first,
	deque: first,
	set: content,
	frozenset: content,
	next: (_, { positional: [only] }) => (only ? elementOf(only) : value()),
	zip: (_, { positional }) =>
		value({
			...combine(positional),
			each: value({
				...combine(positional),
				items: positional.map(elementOf),
			}),
		}),
	enumerate: (_, { positional: [only] }) =>
		only
			? { ...contentOf(only), each: pair(value(), elementOf(only)) }
			: value(),
	groupby: (_, { positional: [rows] }) => byGroup(rows),
	dict: (frame, args, node) => ({
		...assembled(frame, args, node),
		attrs: new Map(args.named),
	}),
	sum: aggregate,
	fsum: aggregate,
	mean: aggregate,
	fmean: aggregate,
	nanmean: aggregate,
	average: aggregate,
	median: aggregate,
	len: aggregate,
	map: (frame, { positional: [mapper, ...rows] }, node) =>
		mapped(frame, mapper, rows, node),
	apply: assembled,
	array: assembled,
	asarray: assembled,
	column_stack: assembled,
	hstack: assembled,
	DataFrame: assembled,
	Series: assembled,
	merge: assembled,
	concat: (frame, args, node) => concat(frame, args, node),
	concatenate: (frame, args, node) => concat(frame, args, node),
	chain: (frame, args, node) => concat(frame, args, node),
	vstack: (frame, args, node) => concat(frame, args, node),
	crosstab: (frame, { positional }, node) => {
		const [by, read] = [positional[0]?.cells ?? [], positional[1]?.cells ?? []];
		return value({
			statistics: statisticsOf(frame, by, read, placeOf(frame, node)),
		});
	},
	fit: (frame, { positional }) => {
		if (positional[1]) learnLabel(frame, positional[1]);
		return value();
	},
};

export function callFunction(
	frame: Frame,
	name: string,
	args: Arguments,
	node: PyNode,
): Value {
	const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
	if (known) return known(frame, args, node);
	const read = combine(args.all);
	const knows = read.table || read.cells.length || read.statistics.length;
	return knows ? read : unknown(frame);
}

/** One number of many: of one category, it is a statistic; of all rows, it is not. */
export function aggregate(frame: Frame, args: Arguments, node: PyNode): Value {
	const [read] = args.positional;
	if (!read) return value();
	const { grouped, cells, statistics } = read;
	const path = read.table?.path ?? cells[0]?.path ?? "";
	const by = (grouped ?? []).map((column) => ({ path, column }));
	const found = statisticsOf(frame, by, cells, placeOf(frame, node));
	return value({ statistics: [...new Set([...statistics, ...found])] });
}

function mapped(
	frame: Frame,
	mapper: Value | undefined,
	rows: readonly Value[],
	node: PyNode,
): Value {
	const each = rows.map(elementOf);
	if (!mapper?.callee) return combine(each);
	const args = { positional: each, named: new Map(), all: each, node };
	const result = invoke(frame, mapper.callee, args);
	const table = result.table ?? combine(each).table;
	return writtenCopy(frame, { ...contentOf(result), table }, node);
}

function byGroup(rows: Value | undefined): Value {
	if (!rows) return value();
	const group = { ...contentOf(rows), grouped: rows.grouped ?? ["its key"] };
	return { ...group, each: pair(value(), group) };
}

function concat(frame: Frame, args: Arguments, node: PyNode): Value {
	const given = args.positional.flatMap((it) => it.items ?? [it]);
	const sideways = /axis\s*=\s*(1|"columns"|'columns')/.test(args.node.text);
	const whole = combine(given);
	if (sideways) return writtenCopy(frame, whole, node);
	const tables = given.flatMap(({ table }) => (table ? [table] : []));
	return { ...whole, table: stacked(tables, () => freshPath(frame)) };
}

function pair(left: Value, right: Value): Value {
	return { ...combine([left, right]), items: [left, right] };
}
