// Rows that know something of each other, and which the split has parted: those
// of one patient, those next to each other in time.
import { randomOf } from "../random.ts";
import type { Split } from "../split.ts";
import type { Subject } from "../subject.ts";
import { inTimeOrder, isTime } from "../time-order.ts";

/** What to try: training without the kin of some held-out rows. */
export interface Kin {
	readonly column: string;
	readonly of: "group" | "time";
	/** Training rows that are no kin of the rows judged. */
	readonly training: readonly number[];
	/** Places in the held-out part. */
	readonly judged: readonly number[];
}

/** How much of the label a column of groups explains, beyond chance, before it is tried. */
const ALIKE = 0.5;
const [FEWEST_GROUPS, SHARE_OF_GROUPS] = [10, 0.3];
/** From here on in time. */
const LATEST = 0.3;
/** Standard errors of an autocorrelation of nothing. */
const SURE = 5;

/** Of the columns that could tell rows' kinship the one that tells most; a split by group or time was asked for its own. */
export function kinOf(subject: Subject, split: Split): Kin | undefined {
	const { kind } = subject.contract.split;
	if (kind === "group" || kind === "time") return undefined;
	return neighboursInTime(subject, split) ?? groupsOfRows(subject, split);
}

function groupsOfRows(subject: Subject, split: Split): Kin | undefined {
	const { table, contract } = subject;
	const rows = table.rows.length;
	const found = table.columns
		.filter((name) => name !== contract.label && name !== contract.id)
		.map((column) => {
			const at = table.columns.indexOf(column);
			const cells = table.rows.map((row) => row[at] ?? "");
			const count = new Set(cells).size;
			const fits = count >= FEWEST_GROUPS && count <= rows / 2;
			return {
				column,
				cells,
				alike: fits ? alikeness(subject, cells, count) : 0,
			};
		})
		.sort((a, b) => b.alike - a.alike)[0];
	if (!found || found.alike < ALIKE) return undefined;
	const { column, cells } = found;
	const names = randomOf(`kin ${column}`).shuffle([...new Set(cells)].sort());
	const left = new Set(
		names.slice(0, Math.ceil(names.length * SHARE_OF_GROUPS)),
	);
	return kin(column, "group", split, (row) => left.has(cells[row] as string));
}

/** Share of the label's variance between groups, less what as many groups of strangers would explain. */
function alikeness(
	{ truth, classes }: Subject,
	cells: readonly string[],
	groups: number,
): number {
	const names = new Map<string, number>();
	const groupOf = Uint32Array.from(cells, (cell) => {
		const at = names.get(cell) ?? names.size;
		names.set(cell, at);
		return at;
	});
	const rows = cells.length;
	let [between, whole] = [0, 0];
	for (const at of classes.length ? classes.keys() : [-1]) {
		const [sums, counts] = [new Float64Array(groups), new Float64Array(groups)];
		let [sum, squares] = [0, 0];
		for (let row = 0; row < rows; row++) {
			const y = at < 0 ? (truth[row] as number) : Number(truth[row] === at);
			const group = groupOf[row] as number;
			sums[group] = (sums[group] as number) + y;
			counts[group] = (counts[group] as number) + 1;
			sum += y;
			squares += y * y;
		}
		const middle = sum ** 2 / rows;
		whole += squares - middle;
		for (const [group, its] of sums.entries())
			between += its ** 2 / (counts[group] as number);
		between -= middle;
	}
	return 1 - ((1 - between / whole) * (rows - 1)) / (rows - groups);
}

function neighboursInTime(subject: Subject, split: Split): Kin | undefined {
	const { table, contract } = subject;
	for (const column of table.columns) {
		if (column === contract.label) continue;
		const at = table.columns.indexOf(column);
		const cells = table.rows.map((row) => row[at] ?? "");
		if (!tellsTime(cells, column === contract.id)) continue;
		const times = inTimeOrder(cells);
		const place = new Map(times.map((time, i) => [time, i]));
		const when = cells.map((cell) => place.get(cell) as number);
		if (!isAlikeInTime(subject, when)) continue;
		const cut = Math.floor(times.length * (1 - LATEST));
		return kin(column, "time", split, (row) => (when[row] as number) >= cut);
	}
	return undefined;
}

/** Dates; or a number that rises with every row of the file. An id that only counts rows says nothing of time. */
function tellsTime(cells: readonly string[], isId: boolean): boolean {
	const isNumber = cells[0] !== "" && Number.isFinite(Number(cells[0]));
	if (isNumber)
		return (
			!isId &&
			cells.every((x, i) => i === 0 || Number(x) > Number(cells[i - 1]))
		);
	return isTime(cells) && new Set(cells).size >= cells.length / 2;
}

/** Whether a row's label says something of the next one's (von Neumann 1941), for the commonest kind of label. */
function isAlikeInTime(
	{ truth, classes }: Subject,
	when: readonly number[],
): boolean {
	const order = [...when.keys()].sort(
		(a, b) => (when[a] as number) - (when[b] as number),
	);
	const value = (row: number) =>
		classes.length ? Number(truth[row] === 0) : (truth[row] as number);
	const values = order.map(value);
	const mean = values.reduce((a, b) => a + b, 0) / values.length;
	let [next, all] = [0, 0];
	for (const [i, x] of values.entries()) {
		all += (x - mean) ** 2;
		if (i > 0) next += (x - mean) * ((values[i - 1] as number) - mean);
	}
	return next / all > SURE / Math.sqrt(values.length);
}

function kin(
	column: string,
	of: Kin["of"],
	{ training, heldOut }: Split,
	isKin: (row: number) => boolean,
): Kin {
	return {
		...{ column, of },
		training: training.filter((row) => !isKin(row)),
		judged: [...heldOut.keys()].filter((at) => isKin(heldOut[at] as number)),
	};
}
