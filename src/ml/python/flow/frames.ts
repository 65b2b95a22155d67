// What pandas' methods do to rows.
import type { PyNode } from "../node.ts";
import type { Arguments } from "./calls.ts";
import { evaluate } from "./expressions.ts";
import type { Statistic } from "./flow.ts";
import { type Frame, placeOf } from "./frame.ts";
import { invoke } from "./invoke.ts";
import type { MethodCall } from "./methods.ts";
import { withColumns } from "./table.ts";
import { combine, contentOf, elementOf, type Value, value } from "./value.ts";
import { select, write, writtenCopy } from "./writes.ts";

const SELECTS = /^(sample|query|head|tail|nlargest|nsmallest|between_time)$/;
const AGGREGATES =
	/^(mean|sum|median|std|var|min|max|agg|aggregate|transform|apply|pipe)$/;
/** Says how many rows there are, whatever stands in them. */
const COUNTS = /\b(count|size|nunique|ngroup|len)\b/;
const READS =
	/\b(n?an)?(mean|sum|median|std|var|min|max|first|last|average|quantile)\b|\blambda\b/;
/** Looks at earlier rows only, when the rows are in order. */
const ORDERED =
	/\b(shift|expanding|cumsum|cumcount|cummean|rolling|ewm|diff)\b/;
const WRITES =
	/^(assign|merge|join|map|replace|insert|apply|applymap|transform|combine_first|update)$/;

export function frameMethod(frame: Frame, called: MethodCall): Value {
	const { owner, name, args, node } = called;
	if (name === "groupby") return groupBy(owner, args);
	if (name === "pivot_table") return pivot(frame, owner, args, node);
	if (owner.grouped && owner.table) {
		if (ORDERED.test(name) || ORDERED.test(args.node.text))
			return value({ table: owner.table });
		const counts = COUNTS.test(args.node.text) && !READS.test(args.node.text);
		if (COUNTS.test(name) || counts) return value({ table: owner.table });
		if (AGGREGATES.test(name)) return groupStatistic(frame, called);
		return contentOf(owner);
	}
	if (SELECTS.test(name) || dropsPart(name, args)) return select(frame, owner);
	if (name === "drop") return drop(owner, args);
	const applied = applyCallee(frame, called);
	const whole = combine([contentOf(owner), ...args.all, ...applied]);
	if (!WRITES.test(name)) return shaped(owner, whole);
	const made = writtenCopy(frame, whole, node);
	// df.insert(…) and df.update(…) change the frame itself.
	if (/^(insert|update)$/.test(name) && owner.table && whole.statistics.length)
		write(frame, owner.table, whole.statistics, node);
	// A mapped column is still a column: it is written where it is assigned.
	return /^(map|replace|apply|transform)$/.test(name) && owner.cells.length
		? { ...whole, cells: [] }
		: made;
}

/** A method of an unknown kind gives the same rows, with what the arguments know. */
function shaped(owner: Value, whole: Value): Value {
	return owner.parts || owner.attrs ? { ...owner, ...whole } : whole;
}

function groupBy(owner: Value, args: Arguments): Value {
	const by = args.positional[0] ?? args.named.get("by");
	const names = [
		...(by?.text !== undefined ? [by.text] : []),
		...(by?.items?.flatMap(({ text }) => (text === undefined ? [] : [text])) ??
			[]),
		...(by?.cells.map(({ column }) => column) ?? []),
	];
	const group = { ...contentOf(owner), grouped: names };
	return { ...group, each: value({ ...group, items: [value(), group] }) };
}

function groupStatistic(
	frame: Frame,
	{ owner, name, args, node }: MethodCall,
): Value {
	const columns = owner.cells.length
		? owner.cells.map(({ column }) => column)
		: namesIn(frame, args.node);
	const statistics = (columns.length ? columns : ["*"])
		.filter((column) => !owner.grouped?.includes(column))
		.map(
			(column): Statistic => ({
				source: owner.table?.path ?? "",
				column,
				by: owner.grouped ?? [],
				place: placeOf(frame, node),
			}),
		);
	const aligned = name === "transform";
	return value({ statistics, table: aligned ? owner.table : undefined });
}

function pivot(
	frame: Frame,
	{ table }: Value,
	{ node: list, named }: Arguments,
	node: PyNode,
): Value {
	const by = named.get("index")?.text;
	const statistics = namesIn(frame, list).map((column) => ({
		source: table?.path ?? "",
		column,
		by: by === undefined ? [] : [by],
		place: placeOf(frame, node),
	}));
	return value({ statistics });
}

/** All strings an argument list holds, constants included: names of columns, mostly. */
function namesIn(frame: Frame, list: PyNode): string[] {
	const found: string[] = [];
	const open = [...list.children];
	for (let next = open.pop(); next; next = open.pop()) {
		const { text } =
			next.type === "string" || next.type === "identifier"
				? evaluate(frame, next)
				: value();
		if (text !== undefined) found.push(text);
		else if (next.type !== "lambda") open.push(...next.children);
	}
	return found;
}

function dropsPart(name: string, { node }: Arguments): boolean {
	return name === "drop" && /\.index\b/.test(node.text);
}

function drop(owner: Value, { positional, named, node }: Arguments): Value {
	const given = named.get("columns") ?? positional[0];
	const asColumns =
		named.has("columns") || named.has("axis") || positional.length > 1;
	const names = (given?.items ?? (given ? [given] : [])).flatMap(({ text }) =>
		text === undefined ? [] : [text],
	);
	if (!owner.table || !asColumns) return owner;
	const table = withColumns(owner.table, { dropped: names });
	if (/inplace\s*=\s*True/.test(node.text)) owner.table = table;
	return { ...owner, table, lacks: names };
}

/** `df["region"].map(lambda r: rates[r])`: what the function gives back. */
function applyCallee(frame: Frame, { owner, args }: MethodCall): Value[] {
	return args.positional.flatMap(({ callee }) => {
		if (!callee) return [];
		const each = [elementOf(owner)];
		const given = {
			positional: each,
			named: new Map(),
			all: each,
			node: args.node,
		};
		const result = invoke(frame, callee, given);
		return [value({ statistics: result.statistics })];
	});
}
