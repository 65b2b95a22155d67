// Where a statistic becomes part of rows, and where rows are divided.
import type { PyNode } from "../node.ts";
import type { CodePlace, Statistic } from "./flow.ts";
import { type Frame, freshId, placeOf } from "./frame.ts";
import {
	beforeSplit,
	copyOf,
	covers,
	isDivided,
	marksOf,
	partOf,
	type Table,
} from "./table.ts";
import { type Value, withTable } from "./value.ts";

/** The rows get the statistics as a feature. */
export function write(
	frame: Frame,
	table: Table,
	statistics: readonly Statistic[],
	node: PyNode,
	into?: string,
): void {
	const written = placeOf(frame, node);
	const before = beforeSplit(table.path);
	for (const statistic of statistics) {
		// Computed on one side of a split: that is how it should be done.
		if (isDivided(statistic.source)) continue;
		if (!table.marks.own.some((mark) => mark.statistic === statistic))
			table.marks.own.push({ statistic, written, into });
		const split = before && frame.world.splits.get(before.split);
		if (split && covers(statistic.source, before.whole))
			report(frame, statistic, written, split);
	}
}

/** New rows, made of the value's rows and its statistics. */
export function writtenCopy(frame: Frame, whole: Value, node: PyNode): Value {
	if (!whole.table || !whole.statistics.length) return whole;
	const table = copyOf(whole.table);
	write(frame, table, whole.statistics, node);
	return { ...whole, table, statistics: [] };
}

/** The rows are divided here: whatever they carry of all rows has leaked. */
export function divide(frame: Frame, whole: Value, node: PyNode): void {
	const { table } = whole;
	if (!table) return;
	const split = placeOf(frame, node);
	// "Some rows of" a table are divided from that table.
	const path = table.path.replace(/\/x\d+$/, "");
	const carried = [
		...marksOf(table),
		...whole.statistics.map((statistic) => ({ statistic, written: split })),
	];
	for (const { statistic, written } of carried)
		if (!isDivided(statistic.source) && covers(statistic.source, path))
			report(frame, statistic, written, split);
}

/** The result of a call that splits its arguments; parts are named when they are taken. */
export function splitInto(
	frame: Frame,
	values: readonly Value[],
	node: PyNode,
): NonNullable<Value["parts"]> {
	const id = `s${freshId(frame)}`;
	frame.world.splits.set(id, placeOf(frame, node));
	for (const whole of values) divide(frame, whole, node);
	return { of: values, id };
}

/** Part `index` of a split into `count` parts, as sklearn orders them. */
export function takePart(
	{ of, id }: NonNullable<Value["parts"]>,
	index: number | string,
	count = 2,
): Value | undefined {
	const paired =
		typeof index === "number" && of.length > 1 && count === 2 * of.length;
	const whole = of[paired ? index >> 1 : 0];
	if (!whole?.table) return undefined;
	const name = paired ? index % 2 : index;
	return withTable(whole, partOf(whole.table, `${id}:${name}`));
}

/** Some of the rows, not known which. */
export function select(frame: Frame, whole: Value): Value {
	if (!whole.table) return whole;
	return withTable(whole, partOf(whole.table, `x${freshId(frame)}`));
}

function report(
	{ world }: Frame,
	statistic: Statistic,
	written: CodePlace,
	split: CodePlace,
): void {
	const { place, column } = statistic;
	const key = `${place.path}:${place.startLine}:${column}`;
	if (!world.encodings.has(key))
		world.encodings.set(key, { statistic, written, split });
}
