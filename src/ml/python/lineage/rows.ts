// Rows, and which rows they are: where they were loaded and how they were chosen since.

/** One end of a slice, as it is written and as far as it is known. */
export interface Bound {
	readonly text: string;
	readonly number?: number | undefined;
	/** Set when the bound is the number of these rows. */
	readonly rows?: Rows | undefined;
}

/** One choice among rows. Two choices with the same id and another part share no row. */
export interface Segment {
	readonly id: string;
	readonly part: string;
	readonly from?: Bound | undefined;
	readonly to?: Bound | undefined;
}

export interface Path {
	/** What was loaded, e.g. "data3". */
	readonly root: string;
	readonly segments: readonly Segment[];
}

/** Rows of one or several origins, in the order in which they were stacked. */
export type Rows = readonly Path[];

const MOST_PATHS = 12;
const MOST_SEGMENTS = 24;

export const NO_ROWS: Rows = [];

export function newRows(root: string): Rows {
	return [{ root, segments: [] }];
}

/** The rows that are left after these choices. */
export function choose(rows: Rows, segments: readonly Segment[]): Rows {
	return rows.map((path) => ({
		root: path.root,
		segments: [...path.segments, ...segments].slice(0, MOST_SEGMENTS),
	}));
}

/** Whatever is computed from one row is about that row alone. */
const SINGLE: Segment = { id: "one of", part: "row" };

export function oneOf(rows: Rows): Rows {
	return rows.some(isSingle) ? rows : choose(rows, [SINGLE]);
}

export function isSingle({ segments }: Path): boolean {
	return segments.some(({ id }) => id === SINGLE.id);
}

export function wholeOf(rows: Rows): Rows {
	if (!rows.some(isSingle)) return rows;
	return rows.map(({ root, segments }) => ({
		root,
		segments: segments.filter(({ id }) => id !== SINGLE.id),
	}));
}

export function keyOf({ root, segments }: Path): string {
	return [root, ...segments.map(({ id, part }) => `${id}=${part}`)].join("/");
}

export function sameRows(a: Rows, b: Rows): boolean {
	return (
		a.length === b.length &&
		a.every((path, i) => {
			const other = b[i];
			return other !== undefined && keyOf(path) === keyOf(other);
		})
	);
}

/** One below the other; rows that are in already are not counted twice. */
export function stack(all: readonly Rows[]): Rows {
	const known = new Map<string, Path>();
	for (const path of all.flat())
		if (known.size < MOST_PATHS) known.set(keyOf(path), path);
	return [...known.values()];
}

/** Whether the two may have a row in common. */
export function overlap(a: Rows, b: Rows): boolean {
	return a.some((left) => b.some((right) => meet(left, right)));
}

/** Whether every row of `part` is also one of `whole`. */
export function covers(whole: Rows, part: Rows): boolean {
	return part.every((inner) =>
		whole.some(
			(outer) =>
				outer.root === inner.root &&
				outer.segments.every((segment, i) => {
					const own = inner.segments[i];
					return own?.id === segment.id && own.part === segment.part;
				}),
		),
	);
}

function meet(a: Path, b: Path): boolean {
	if (a.root !== b.root) return false;
	const length = Math.min(a.segments.length, b.segments.length);
	for (let i = 0; i < length; i++) {
		const [left, right] = [a.segments[i], b.segments[i]];
		if (!left || !right) break;
		if (left.id === right.id && left.part === right.part) continue;
		// Slices are counted from where the rows before them begin.
		if (left.id === right.id && isSlice(left) && slicesApart(left, right))
			return false;
		break;
	}
	return !a.segments.some((left) =>
		b.segments.some(
			(right) =>
				left.id === right.id && !isSlice(left) && partsApart(left, right),
		),
	);
}

export function not(segment: Segment): Segment {
	const { id, part } = segment;
	return {
		id,
		part: part.startsWith("not ") ? part.slice(4) : `not ${part}`,
	};
}

function partsApart({ part: a }: Segment, { part: b }: Segment): boolean {
	const [aNot, bNot] = [a.startsWith("not "), b.startsWith("not ")];
	if (aNot && bNot) return false;
	if (aNot) return a.slice(4) === b;
	if (bNot) return b.slice(4) === a;
	return a !== b;
}

function isSlice({ from, to }: Segment): boolean {
	return from !== undefined || to !== undefined;
}

export function slice(
	base: string,
	from: Bound | undefined,
	to: Bound | undefined,
): Segment {
	const part = `${from?.text ?? ""}:${to?.text ?? ""}`;
	return { id: `slice${base}`, part, from, to };
}

function slicesApart(a: Segment, b: Segment): boolean {
	return endsBefore(a, b) || endsBefore(b, a);
}

/** Whether the first slice ends where the second begins, or earlier. */
function endsBefore({ to, from: start }: Segment, { from, to: end }: Segment) {
	if (!to || !from) return false;
	if (to.text === from.text) return true;
	if (to.number !== undefined && from.number !== undefined)
		return to.number < 0 === from.number < 0 && to.number <= from.number;
	// `rows[:n]` and `rows[n - lookback:]` meet in a few rows only.
	if (/^\s*[-+]/.test(from.text.slice(to.text.length)))
		return from.text.startsWith(to.text);
	// A head and a tail by different names: nobody counts rows twice on purpose.
	return !start && !end && to.number === undefined && from.number === undefined;
}

/**
 * `stacked[:len(train)]` takes back apart what was stacked; undefined when the
 * bounds are not the lengths of what was put together.
 */
export function unstack(
	rows: Rows,
	from: Bound | undefined,
	to: Bound | undefined,
): Rows | undefined {
	if (rows.length < 2) return undefined;
	const start = from ? positionOf(rows, from) : 0;
	const end = to ? positionOf(rows, to) : rows.length;
	if (start === undefined && from?.number !== 0) return undefined;
	return end === undefined || (start ?? 0) >= end
		? undefined
		: rows.slice(start ?? 0, end);
}

function positionOf(rows: Rows, { rows: counted, text }: Bound) {
	if (!counted?.length) return undefined;
	if (sameRows(rows, counted)) return rows.length;
	if (text.startsWith("-")) {
		const at = rows.length - counted.length;
		return sameRows(rows.slice(at), counted) ? at : undefined;
	}
	return sameRows(rows.slice(0, counted.length), counted)
		? counted.length
		: undefined;
}
