// Columns that hold the label of their own row, held-out rows included: with one
// of them every model is good, and none is judged.
import { isMissing } from "../../table/table.ts";
import type { Subject } from "../subject.ts";
import { inTimeOrder, isTime } from "../time-order.ts";
import { remainders } from "./remainder.ts";
import { holdsOwnLabel } from "./windows.ts";

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

function secretOf(subject: Subject, cells: readonly string[]) {
	if (subject.contract.task !== "regression" && isRenamed(subject, cells))
		return "is the label under another name";
	const numbers = cells.map((cell) =>
		isMissing(cell) ? Number.NaN : Number(cell),
	);
	const known = [...numbers.keys()].filter((row) =>
		Number.isFinite(numbers[row]),
	);
	if (subject.classes.length || known.length < NEARLY_ALL * cells.length)
		return undefined;
	const truth = known.map((row) => subject.truth[row] as number);
	const values = known.map((row) => numbers[row] as number);
	if (new Set(values).size < 2) return undefined;
	if ((remainders(truth, [values])[0] ?? 1) < EXACT)
		return "is the label in another unit";
	if (
		areLabelMeans(
			truth,
			values,
			known.map((row) => cells[row] ?? ""),
		)
	)
		return "is the mean label of all rows that share its value, their own included";
	if (subject.contract.task !== "regression") return undefined;
	const order = inOrder(subject, known);
	return order &&
		holdsOwnLabel(
			order.map((i) => truth[i] as number),
			order.map((i) => values[i] as number),
		)
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
	const sums = new Map<number, { sum: number; count: number }>();
	for (const [i, value] of values.entries()) {
		const seen = sums.get(value) ?? { sum: 0, count: 0 };
		sums.set(value, {
			sum: seen.sum + (truth[i] as number),
			count: seen.count + 1,
		});
	}
	const digits = Math.max(
		...cells.map((cell) => cell.split(".")[1]?.length ?? 0),
	);
	// Whole numbers and numbers with two digits agree by chance.
	if (digits < 3 || sums.size < 3) return false;
	const printed = 0.51 * 10 ** -digits;
	let agreeing = 0;
	for (const [value, { sum, count }] of sums)
		if (Math.abs(sum / count - value) <= printed + 1e-9 * Math.abs(value))
			agreeing += count;
	return agreeing >= NEARLY_ALL * values.length;
}

/** Places in `rows`, the earliest first; undefined where rows share their times. */
function inOrder({ contract, groups }: Subject, rows: readonly number[]) {
	if (contract.split.kind !== "time") return [...rows.keys()];
	const times = rows.map((row) => groups[row] as string);
	if (!isTime(times)) return undefined;
	const ordered = inTimeOrder(times);
	if (ordered.length < rows.length) return undefined;
	const place = new Map(times.map((time, i) => [time, i]));
	return ordered.map((time) => place.get(time) as number);
}
