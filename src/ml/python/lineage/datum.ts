// What is known about a Python value: which rows it holds and what flowed into them.
import type { PyNode } from "../node.ts";
import type { Estimator, Score, Taint } from "./record.ts";
import { NO_ROWS, oneOf, type Rows, type Segment, stack } from "./rows.ts";
import type { Frame, ModuleScope } from "./scope.ts";

/** Mutable, like the Python objects it stands for: aliases share one Datum. */
export interface Datum {
	rows: Rows;
	/** What its content was made with that looked at other rows too. */
	taints: readonly Taint[];
	/** Numbers computed over rows that are not yet in any row. */
	aggregates: readonly Taint[];
	/** The columns it was narrowed to, where that is known. */
	columns?: readonly string[] | undefined;
	/** Choices it makes when it is used to index rows: a mask, positions, labels. */
	index?: readonly Segment[] | undefined;
	/** It is the number of these rows. */
	counts?: Rows | undefined;
	/** Reached through `.str` or `.dt`: its methods look at one value at a time. */
	single?: boolean | undefined;
	/** Rows of one category at a time: the columns that make it, where known. */
	grouped?: readonly string[] | undefined;
	items?: Datum[] | undefined;
	/** What iterating gives, where that is not the value itself. */
	each?: Datum | undefined;
	attrs?: Map<string, Datum> | undefined;
	estimator?: Estimator | undefined;
	/** Uses of models whose result this was computed from. */
	applied?: readonly Score[] | undefined;
	/** It is a number that says how good these were. */
	measures?: readonly Score[] | undefined;
	/** Set when it is all of a loaded table but these columns. */
	lacks?: readonly string[] | undefined;
	/** Its rows were moved down: each holds what earlier ones held. */
	shifted?: boolean | undefined;
	/** The value this is a column of: changing one changes the other. */
	base?: Datum | undefined;
	callee?: Callee | undefined;
	module?: ModuleScope | undefined;
	/** Dotted name of something imported from outside of the repository. */
	external?: string | undefined;
	text?: string | undefined;
	number?: number | undefined;
}

export interface Callee {
	/** A function, class or lambda. */
	readonly node: PyNode;
	readonly frame: Frame;
	readonly self?: Datum | undefined;
}

const MOST_TAINTS = 60;

export function datum(known: Partial<Datum> = {}): Datum {
	return { rows: NO_ROWS, taints: [], aggregates: [], ...known };
}

export function addTaints(
	some: readonly Taint[],
	more: readonly Taint[],
): readonly Taint[] {
	if (!more.length || some === more) return some;
	if (!some.length) return more;
	return [...new Set([...some, ...more])].slice(-MOST_TAINTS);
}

/** The same content without its shape: not this list, not this string. */
export function contentOf(whole: Datum): Datum {
	const { rows, taints, aggregates, columns, grouped } = whole;
	const { applied, measures, shifted } = whole;
	return {
		rows,
		taints,
		aggregates,
		columns,
		grouped,
		applied,
		measures,
		shifted,
	};
}

/** What an expression made of several values knows: statistics meet rows and go into them. */
export function combine(all: readonly Datum[]): Datum {
	let rows = NO_ROWS;
	let taints: readonly Taint[] = [];
	let aggregates: readonly Taint[] = [];
	let applied: readonly Score[] | undefined;
	let measures: readonly Score[] | undefined;
	for (const one of all) {
		if (!rows.length) rows = one.rows;
		taints = addTaints(taints, one.taints);
		aggregates = addTaints(aggregates, one.aggregates);
		applied = addScores(applied, one.applied);
		measures = addScores(measures, one.measures);
	}
	return rows.length
		? {
				rows,
				taints: addTaints(taints, aggregates),
				aggregates: [],
				applied,
				measures,
			}
		: { rows, taints, aggregates, applied, measures };
}

function addScores(
	some: readonly Score[] | undefined,
	more: readonly Score[] | undefined,
): readonly Score[] | undefined {
	if (!some?.length || some === more) return more ?? some;
	return more?.length
		? [...new Set([...some, ...more])].slice(0, MOST_TAINTS)
		: some;
}

/** One below the other. */
export function stackData(all: readonly Datum[]): Datum {
	return { ...combine(all), rows: stack(all.map(({ rows }) => rows)) };
}

/** What a for loop over the value gives. */
export function elementOf(whole: Datum): Datum {
	if (whole.each) return whole.each;
	if (whole.items?.length === 1) return whole.items[0] ?? datum();
	if (whole.items?.length) return combine(whole.items);
	const one = contentOf(whole);
	return { ...one, rows: oneOf(one.rows) };
}

/** Every model or transformer inside the value, in order. */
export function estimatorsIn(whole: Datum, depth = 0): Estimator[] {
	if (whole.estimator) return [whole.estimator];
	if (depth > 4) return [];
	const inner = [...(whole.items ?? []), ...(whole.attrs?.values() ?? [])];
	return inner.slice(0, 50).flatMap((one) => estimatorsIn(one, depth + 1));
}

/** The value with other rows, and everything inside of it with them. */
export function onRows(
	whole: Datum,
	change: (rows: Rows) => Rows,
	depth = 0,
): Datum {
	const inner = (one: Datum) =>
		depth < 3 ? onRows(one, change, depth + 1) : one;
	return {
		...whole,
		base: undefined,
		rows: whole.rows.length ? change(whole.rows) : whole.rows,
		items: whole.items?.map(inner),
		each: whole.each && inner(whole.each),
	};
}

/** One or another: the shape of the first that has one, what flowed into any. */
export function either(all: readonly Datum[]): Datum {
	const shaped =
		all.find(({ rows, estimator }) => rows.length || estimator) ??
		all.find((one) => one.items ?? one.attrs ?? one.each ?? one.callee) ??
		all[0];
	const { taints, aggregates } = combine(all);
	if (!shaped) return datum();
	return shaped.rows.length
		? { ...shaped, taints: addTaints(shaped.taints, taints) }
		: { ...shaped, aggregates: addTaints(shaped.aggregates, aggregates) };
}
