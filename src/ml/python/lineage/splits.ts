// Where rows are divided.
import type { PyNode } from "../node.ts";
import type { Arguments } from "./calls.ts";
import { combine, type Datum, datum, onRows } from "./datum.ts";
import type { MethodCall } from "./methods.ts";
import { choose, type Segment } from "./rows.ts";
import {
	becomeRows,
	type Frame,
	freshId,
	materialOf,
	placeOf,
} from "./scope.ts";

/** One part of every kind of value that stands for rows. */
export function partOf(frame: Frame, whole: Datum, segment: Segment): Datum {
	if (whole.index && !whole.rows.length)
		return { ...whole, index: [...whole.index, segment] };
	const rows = becomeRows(frame, whole);
	return onRows(rows, (path) => choose(path, [segment]));
}

function record(
	frame: Frame,
	name: string,
	whole: Datum | undefined,
	settings: ReadonlyMap<string, string>,
	node: PyNode,
): string {
	const id = `split${freshId(frame)}`;
	const data = materialOf(whole ?? datum());
	const place = placeOf(frame, node);
	frame.world.splits.push({ name, rows: data.rows, id, data, settings, place });
	return id;
}

/** `train_test_split(X, y, …)`: two parts of each, side by side. */
export function trainTestSplit(
	frame: Frame,
	name: string,
	{ positional, named, texts }: Arguments,
	node: PyNode,
): Datum {
	const arrays = [
		...positional,
		...["X", "y", "arrays", "data"].flatMap((key) => named.get(key) ?? []),
	].filter(({ number, text }) => number === undefined && text === undefined);
	const main = arrays.find(({ rows }) => rows.length) ?? arrays[0];
	const whole = main && becomeRows(frame, main);
	const id = record(frame, name, whole, texts, node);
	const part = (one: Datum, index: number) => {
		// An array nobody knows belongs to the rows it is divided with.
		const known = one.rows.length || one.index ? one : alongside(one, whole);
		return partOf(frame, known, { id, part: String(index) });
	};
	const items = /^iterative/.test(name)
		? [0, 1].flatMap((i) => arrays.map((one) => part(one, i)))
		: arrays.flatMap((one) => [part(one, 0), part(one, 1)]);
	return { ...combine(items), items };
}

function alongside(one: Datum, whole: Datum | undefined): Datum {
	return { ...one, rows: whole?.rows ?? one.rows };
}

/** `for train, test in folds.split(X)`: positions, one pair a round. */
export function splitterParts(
	frame: Frame,
	name: string,
	{ owner, args, node }: MethodCall,
): Datum {
	const [whole] = args.all;
	const settings = new Map([
		...(owner.estimator?.settings ?? []),
		...args.texts,
	]);
	const rows = whole && becomeRows(frame, whole);
	return foldsOf(record(frame, name, rows, settings, node));
}

/** The old `KFold(n, n_folds=5)` is iterated itself. */
export function splitterRounds(
	frame: Frame,
	name: string,
	settings: ReadonlyMap<string, string>,
	node: PyNode,
): Datum {
	return foldsOf(record(frame, name, undefined, settings, node));
}

function foldsOf(id: string): Datum {
	const positions = ["0", "1"].map((part) => datum({ index: [{ id, part }] }));
	return datum({ each: datum({ items: positions }) });
}

/** `np.split(rows, [a, b])`, `random_split(data, [n, m])`: parts one after the other. */
export function splitInto(
	frame: Frame,
	name: string,
	whole: Datum,
	count: number,
	node: PyNode,
): Datum {
	const id = record(frame, name, whole, new Map(), node);
	const items = Array.from({ length: count }, (_, i) =>
		partOf(frame, whole, { id, part: String(i) }),
	);
	return { ...combine(items), items };
}
