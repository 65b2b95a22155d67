// Columns that hold the label of their own row, held-out rows included: with one
// of them every model is good, and none is judged.
import { max, mean } from "simple-statistics";
import type { Subject } from "../subject.ts";
import { inTimeOrder, isTime } from "../time-order.ts";
import { remainders } from "./remainder.ts";
import { holdsOwnLabel, MOST } from "./windows.ts";

/** Equal but for the digits it was printed with. */
const EXACT = 1e-8;
/** Of the rows, those whose label mean a column says: the rest may be missing values. */
const NEARLY_ALL = 0.98;

/** A sentence for each such column. */
export function givenAway(subject: Subject): string[] {
	const { table, contract } = subject;
	const own = [contract.label, contract.id];
	return table.columns.flatMap((name, at) => {
		if (own.includes(name)) return [];
		const cells = table.rows.map((row) => row[at] ?? "");
		const what = secretOf(subject, cells);
		return what
			? [
					`the column "${name}" ${what}, so it tells what is to be predicted; leave it out of the contract ("leave_out"), or make it anew without the row's own label`,
				]
			: [];
	});
}

/** Rows that are looked at first: hardly a column is like the label in them. */
const FEW = 2_000;

function secretOf(subject: Subject, cells: readonly string[]) {
	const { truth, classes, contract } = subject;
	if (contract.task !== "regression" && isRenamed(subject, cells))
		return "is the label under another name";
	if (classes.length) return undefined;
	const numbers = cells.map((cell) =>
		cell === "" ? Number.NaN : Number(cell),
	);
	const known = [...numbers.keys()].filter(
		(row) => !Number.isNaN(numbers[row]),
	);
	if (known.length < NEARLY_ALL * cells.length) return undefined;
	const labels = (rows: readonly number[]) =>
		rows.map((row) => truth[row] as number);
	const values = (rows: readonly number[]) =>
		rows.map((row) => numbers[row] as number);
	const isScaled = (rows: readonly number[]) =>
		(remainders(labels(rows), [values(rows)])[0] ?? 1) < EXACT;
	if (isScaled(known.slice(0, FEW)) && isScaled(known))
		return "is the label in another unit";
	if (areLabelMeans(labels(known), values(known), cells))
		return "is the mean label of all rows that share its value, their own included";
	if (contract.task !== "regression") return undefined;
	const order = inOrder(subject, known);
	return order && holdsOwnLabel(labels(order), values(order))
		? "is made of the labels around its row, its own included: a window that was not shifted"
		: undefined;
}

/** Each of its values stands for one class, and each class for one value. */
function isRenamed(
	{ table, contract, truth, classes }: Subject,
	cells: readonly string[],
) {
	const at = table.columns.indexOf(contract.label);
	const pairs = new Set<string>();
	const names = new Set<string>();
	const labels = new Set<string>();
	for (const [row, cell] of cells.entries()) {
		const label = classes.length
			? (table.rows[row]?.[at] ?? "")
			: `${truth[row]}`;
		pairs.add(`${label}\u0000${cell}`);
		names.add(cell);
		labels.add(label);
		if (pairs.size > labels.size) return false;
	}
	return pairs.size === names.size && names.size === labels.size;
}

/** As `groupby(...)[label].transform("mean")` over a whole table leaves it. */
function areLabelMeans(
	truth: readonly number[],
	values: readonly number[],
	cells: readonly string[],
): boolean {
	// Means of groups have the mean of all; few columns go further.
	const [one, other] = [mean([...truth]), mean([...values])];
	if (Math.abs(one - other) > 1e-3 * (Math.abs(one) + Math.abs(other)))
		return false;
	const digits = max(cells.map((cell) => cell.split(".")[1]?.length ?? 0));
	const sums = new Map<number, { sum: number; count: number }>();
	for (const [i, value] of values.entries()) {
		const seen = sums.get(value) ?? { sum: 0, count: 0 };
		seen.sum += truth[i] as number;
		seen.count += 1;
		sums.set(value, seen);
	}
	// Whole numbers and numbers with two digits agree by chance.
	if (digits < 3 || sums.size < 3) return false;
	const printed = 0.51 * 10 ** -digits;
	let agreeing = 0;
	for (const [value, { sum, count }] of sums)
		if (Math.abs(sum / count - value) <= printed + 1e-9 * Math.abs(value))
			agreeing += count;
	return agreeing >= NEARLY_ALL * values.length;
}

/** The first rows in the order of time; undefined where rows share their times. */
function inOrder({ contract, groups }: Subject, rows: readonly number[]) {
	if (contract.split.kind !== "time") return rows.slice(0, MOST);
	const times = rows.map((row) => groups[row] as string);
	if (!isTime(times)) return undefined;
	const place = new Map(times.map((time, i) => [time, rows[i] as number]));
	return place.size < rows.length
		? undefined
		: inTimeOrder(times)
				.slice(0, MOST)
				.map((time) => place.get(time) as number);
}
