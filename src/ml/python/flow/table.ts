// Rows, and which rows they are.
import type { CodePlace, Statistic } from "./flow.ts";

/**
 * Rows as a path: `t3` is a table as it was loaded, `t3/x5` some of its rows,
 * `t3/s6:0` the first part of a split, `t3/n:train` rows that are called
 * training rows where they appear. Longer paths are parts of shorter ones.
 */
export interface Table {
	readonly path: string;
	readonly marks: Marks;
}

/** Statistics the rows carry. Rows are objects: parts see what the whole gets. */
export interface Marks {
	readonly own: Mark[];
	readonly parents: readonly Marks[];
	/** Columns taken away: what was written into them is gone. */
	readonly dropped?: Set<string>;
	/** The only columns that are left. */
	readonly kept?: ReadonlySet<string>;
}

export interface Mark {
	readonly statistic: Statistic;
	readonly written: CodePlace;
	/** The column it was written into, where that is known. */
	readonly into?: string | undefined;
}

export function partOf(table: Table, segment: string): Table {
	return {
		path: `${table.path}/${segment}`,
		marks: { own: [], parents: [table.marks] },
	};
}

/** New rows made of the old ones: marks of the copy do not reach the original. */
export function copyOf(table: Table): Table {
	return {
		path: table.path,
		marks: { own: [], parents: [table.marks] },
	};
}

/** The same rows seen through several values: what one of them carries, all carry. */
export function alongside(tables: readonly Table[]): Table | undefined {
	const main = tables.find((table) => marksOf(table).length) ?? tables[0];
	const same = [...new Set(tables)].filter(({ path }) => path === main?.path);
	if (!main || same.length < 2) return main;
	return {
		path: main.path,
		marks: { own: [], parents: same.map(({ marks }) => marks) },
	};
}

/** Rows of several tables, one below the other. */
export function stacked(
	tables: readonly Table[],
	fresh: () => string,
): Table | undefined {
	const [first, ...others] = [...new Set(tables)];
	if (!first || !others.length) return first;
	const shared = others.reduce(
		(path, other) => commonPath(path, other.path),
		first.path,
	);
	return {
		path: shared || fresh(),
		marks: { own: [], parents: [first, ...others].map(({ marks }) => marks) },
	};
}

/** The rows with some of their columns only. */
export function withColumns(
	{ path, marks }: Table,
	columns: { kept: readonly string[] } | { dropped: readonly string[] },
): Table {
	const view =
		"kept" in columns
			? { kept: new Set(columns.kept) }
			: { dropped: new Set(columns.dropped) };
	return { path, marks: { own: [], parents: [marks], ...view } };
}

export function marksOf({ marks }: Table): Mark[] {
	const found = new Set<Mark>();
	const seen = new Map<Marks, Set<readonly Marks[]>>();
	const open: [Marks, readonly Marks[]][] = [[marks, []]];
	for (let next = open.pop(); next; next = open.pop()) {
		const [here, outer] = next;
		const views = here.dropped || here.kept ? [...outer, here] : outer;
		const ways = seen.get(here) ?? new Set();
		if (ways.has(outer)) continue;
		seen.set(here, ways.add(outer));
		for (const mark of here.own)
			if (views.every((view) => shows(view, mark.into))) found.add(mark);
		for (const parent of here.parents) open.push([parent, views]);
	}
	return [...found];
}

function shows({ kept, dropped }: Marks, column: string | undefined): boolean {
	if (column === undefined) return true;
	return !dropped?.has(column) && (kept?.has(column) ?? true);
}

/** Whether the rows of `whole` include all rows of `part`. */
export function covers(whole: string, part: string): boolean {
	return whole === part || part.startsWith(`${whole}/`);
}

/** Whether the rows are known to be one side of a division, by flow or by name. */
export function isDivided(path: string): boolean {
	return /\/[sn]\d*:/.test(path);
}

/** The path before its first split, and that split's segment id. */
export function beforeSplit(
	path: string,
): { whole: string; split: string } | undefined {
	const match = /^(.*?)\/(s\d+):/.exec(path);
	return match ? { whole: match[1] ?? "", split: match[2] ?? "" } : undefined;
}

/** Whether the rows are just now "some rows of" another table. */
export function isSelection(path: string): boolean {
	return /\/x\d+$/.test(path);
}

function commonPath(a: string, b: string): string {
	const [left, right] = [a.split("/"), b.split("/")];
	const same = left.findIndex((segment, i) => segment !== right[i]);
	return (same < 0 ? left : left.slice(0, same)).join("/");
}
