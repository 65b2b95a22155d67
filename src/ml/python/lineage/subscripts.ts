// `rows[:n]`, `df[mask]`, `X[train_index]`, `df[["a", "b"]]`, `parts[0]`.
import { field, fields, type PyNode } from "../node.ts";
import { columnsOf } from "./attributes.ts";
import { contentOf, type Datum, datum, onRows } from "./datum.ts";
import { evaluate } from "./expressions.ts";
import { isEverything } from "./masks.ts";
import {
	type Bound,
	choose,
	isSingle,
	keyOf,
	oneOf,
	type Segment,
	slice,
	unstack,
} from "./rows.ts";
import { becomeRows, type Frame, lookUp, placeOf } from "./scope.ts";

export function subscript(frame: Frame, node: PyNode): Datum {
	const base = field(node, "value");
	if (!base) return datum();
	const owner = evaluate(frame, base);
	const [first, ...others] = fields(node, "subscript");
	if (!first) return owner;
	const tuple = first.type === "tuple" && /^\(/.test(first.text);
	const [rows = first, ...columns] = tuple
		? first.children
		: [first, ...others];
	// The first key of an array is about rows, the others about columns.
	return columns.reduce(
		(whole, key) => pickColumns(frame, whole, key),
		pick(frame, owner, rows),
	);
}

function pickColumns(frame: Frame, owner: Datum, key: PyNode): Datum {
	if (isEverything(key)) return owner;
	if (key.type === "slice")
		return { ...owner, columns: undefined, lacks: undefined };
	const names = namesIn(evaluate(frame, key));
	return names.length
		? columnsOf(owner, names)
		: { ...owner, lacks: undefined };
}

function namesIn({ text, items }: Datum): string[] {
	if (text !== undefined) return [text];
	const names = items?.flatMap((item) => item.text ?? []) ?? [];
	return items && names.length === items.length ? names : [];
}

function pick(frame: Frame, owner: Datum, key: PyNode): Datum {
	if (isEverything(key)) return owner;
	if (key.type === "slice") return pickSlice(frame, owner, key);
	const given = evaluate(frame, key);
	if (owner.counts) return given.number === 0 ? owner : datum();
	if (given.number !== undefined && !given.rows.length)
		return pickAt(owner, given.number);
	if (given.text !== undefined) return pickNamed(owner, given.text);
	const names = namesIn(given);
	if (names.length)
		return owner.attrs && !owner.rows.length
			? (owner.attrs.get(names[0] ?? "") ?? contentOf(owner))
			: columnsOf(owner, names);
	if (given.index && !owner.index)
		return given.index.length
			? chosen(frame, owner, given.index)
			: { ...contentOf(owner), rows: oneOf(owner.rows), base: owner.base };
	if (given.index)
		return { ...owner, index: [...(owner.index ?? []), ...given.index] };
	if (owner.items?.length && !owner.rows.length) return owner.items[0] ?? owner;
	if (owner.each && !owner.rows.length) return owner.each;
	return { ...contentOf(owner), base: owner.base };
}

function pickAt(owner: Datum, index: number): Datum {
	const item = owner.items?.at(index);
	if (item) return item;
	if (owner.each) return owner.each;
	return owner.estimator ? owner : contentOf(owner);
}

function pickNamed(owner: Datum, name: string): Datum {
	const known = owner.attrs?.get(name);
	if (known) return known;
	if (owner.attrs && !owner.rows.length) {
		const fresh = { ...contentOf(owner) };
		owner.attrs.set(name, fresh);
		return fresh;
	}
	return columnsOf(owner, [name]);
}

export function chosen(
	frame: Frame,
	owner: Datum,
	segments: readonly Segment[],
): Datum {
	const whole = becomeRows(frame, owner);
	// `df.loc[train.index]`: the rows have been chosen that way before.
	const fresh = (path: string, { id, part }: Segment) =>
		!path.includes(`/${id}=${part}`);
	return onRows(whole, (rows) =>
		rows.flatMap((path) => {
			const key = keyOf(path);
			return choose(
				[path],
				segments.filter((segment) => fresh(key, segment)),
			);
		}),
	);
}

function pickSlice(frame: Frame, owner: Datum, key: PyNode): Datum {
	const { from, to, step } = partsOf(key);
	if (step && !from && !to) return owner;
	const positions = loopPositions(frame, key);
	if (positions && owner.rows.length) noteWindow(frame, owner, key);
	if (positions)
		return positions.length && owner.rows.length
			? chosen(frame, owner, positions)
			: owner;
	const bounds = [from, to].map((bound) => bound && boundOf(frame, bound));
	const start = bounds[0]?.number === 0 ? undefined : bounds[0];
	const end = isWhole(owner, bounds[1]) ? undefined : bounds[1];
	if (owner.index)
		return {
			...owner,
			index: [...owner.index, slice(idOf(owner.index), start, end)],
		};
	if (owner.items && !owner.rows.length) return sliceItems(owner, start, end);
	if ((!start && !end) || owner.rows.some(isSingle)) return owner;
	const whole = becomeRows(frame, owner);
	noteCut(frame, whole, start, end, key);
	return onRows(whole, (rows) => {
		const apart = unstack(rows, start, end);
		return apart ?? choose(rows, [slice("", start, end)]);
	});
}

/** `rows[:n]` and `rows[n:]` together divide the rows. */
function noteCut(
	frame: Frame,
	{ rows, taints, columns }: Datum,
	from: Bound | undefined,
	to: Bound | undefined,
	key: PyNode,
): void {
	const { cuts, splits } = frame.world;
	const at = from && to ? undefined : (from ?? to);
	if (!at) return;
	const name = [...rows.map(keyOf), at.text].join("\n");
	const side = from ? "tail" : "head";
	const known = cuts.get(name);
	cuts.set(name, side);
	if (!known || known === side) return;
	const data = { rows, taints, columns };
	const place = placeOf(frame, key);
	const settings = new Map<string, string>();
	splits.push({ name: "slices", rows, id: name, data, settings, place });
}

function noteWindow(frame: Frame, { rows }: Datum, key: PyNode): void {
	const place = placeOf(frame, key);
	const settings = new Map<string, string>();
	frame.world.windows.push({ name: "window", rows, settings, place });
}

function idOf(index: readonly Segment[]): string {
	return index.map(({ id, part }) => ` ${id}=${part}`).join();
}

function sliceItems(
	owner: Datum,
	start: Bound | undefined,
	end: Bound | undefined,
): Datum {
	const known = [start, end].every(
		(bound) => !bound || bound.number !== undefined,
	);
	return known
		? { ...owner, items: owner.items?.slice(start?.number, end?.number) }
		: owner;
}

/** `rows[a:len(rows)]` ends where the rows end. */
function isWhole({ rows }: Datum, bound: Bound | undefined): boolean {
	if (!bound?.rows || !/^(len\(|\w+(\.\w+)*\.shape|n\b)/.test(bound.text))
		return false;
	return (
		rows.map(keyOf).join() === bound.rows.map(keyOf).join() &&
		!/[-*/]/.test(bound.text)
	);
}

function partsOf(key: PyNode) {
	// The colons are signs without a role, so their places say which is which.
	const pieces = splitOutside(key.text);
	const [from, to, step] = pieces.map((piece) =>
		key.children.find(({ text }) => text === piece.trim() && piece.trim()),
	);
	return { from, to, step };
}

function splitOutside(text: string): string[] {
	const pieces = [""];
	let depth = 0;
	for (const sign of text) {
		if (/[([{]/.test(sign)) depth++;
		if (/[)\]}]/.test(sign)) depth--;
		if (sign === ":" && !depth) pieces.push("");
		else pieces[pieces.length - 1] += sign;
	}
	return pieces;
}

export function boundOf(frame: Frame, node: PyNode): Bound {
	const { number, counts } = evaluate(frame, node);
	const text = node.text.replace(/\s+/g, "");
	const counted =
		counts ?? (text.startsWith("-") ? countsIn(frame, node) : undefined);
	return { text, number, rows: counted };
}

function countsIn(frame: Frame, node: PyNode) {
	return node.children[0]
		? evaluate(frame, node.children[0]).counts
		: undefined;
}

/** `data[i - 60 : i]` in a loop over positions: the positions say which rows. */
function loopPositions(
	frame: Frame,
	key: PyNode,
): readonly Segment[] | undefined {
	const open = [...key.children];
	for (let next = open.pop(); next; next = open.pop()) {
		if (next.type === "identifier") {
			const found = lookUp(frame, next.text);
			if (found?.index && !found.rows.length) return found.index;
		}
		if (next.type !== "call") open.push(...next.children);
	}
	return undefined;
}
