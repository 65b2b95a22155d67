// A table as numbers, by what its training rows show: numbers and dates by
// themselves, columns of few values with a place for each. Free text has none.
import { isMissing } from "../../table/table.ts";
import type { Subject } from "../subject.ts";
import type { Matrix } from "./linear-fit.ts";

const MOST_VALUES = 30;
const MOST_WIDTH = 150;
/** Of the cells that are there, those that are numbers in a column of numbers. */
const NUMERIC = 0.95;

type Encode = (cell: string) => number;

/** Both parts with the same columns, of mean zero and variance one on the training rows; undefined without any. */
export function designMatrix(
	{ table, contract }: Subject,
	training: readonly number[],
): ((rows: readonly number[]) => Matrix) | undefined {
	const { label, id, split } = contract;
	// An id says nothing, unless it is the time.
	const own = id === split.group ? [label] : [label, id];
	const columns = table.columns
		.flatMap((name, at) => {
			if (own.includes(name)) return [];
			const cells = training.map((row) => table.rows[row]?.[at] ?? "");
			return encodersOf(cells).map((encode) => ({ at, encode }));
		})
		.map(({ at, encode }) => {
			const values = training.map((row) => encode(table.rows[row]?.[at] ?? ""));
			return { at, encode, ...scaleOf(values) };
		})
		.filter(({ spread }) => spread > 0)
		.slice(0, MOST_WIDTH);
	if (!columns.length) return undefined;
	const width = columns.length;
	return (rows) => ({
		width,
		values: Float64Array.from({ length: rows.length * width }, (_, i) => {
			const { at, encode, mean, spread } = columns[
				i % width
			] as (typeof columns)[0];
			const row = table.rows[rows[Math.floor(i / width)] as number];
			return (encode(row?.[at] ?? "") - mean) / spread;
		}),
	});
}

function encodersOf(cells: readonly string[]): Encode[] {
	const present = cells.filter((cell) => !isMissing(cell));
	const numbers = present.map(numberIn).filter(Number.isFinite);
	if (present.length && numbers.length >= NUMERIC * present.length) {
		const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
		const orMean: Encode = (cell) => {
			const value = isMissing(cell) ? Number.NaN : numberIn(cell);
			return Number.isFinite(value) ? value : mean;
		};
		const isAbsent: Encode = (cell) => Number(isMissing(cell));
		return present.length < cells.length ? [orMean, isAbsent] : [orMean];
	}
	const values = [...new Set(cells)].sort();
	return values.length > MOST_VALUES
		? []
		: values.map((value) => (cell) => Number(cell === value));
}

/** A date counts its days. */
const numberIn = (cell: string): number =>
	/^\d{4}[-/]\d{1,2}([-/]\d|$)/.test(cell)
		? Date.parse(cell) / 86_400_000
		: Number(cell);

function scaleOf(values: readonly number[]) {
	const mean = values.reduce((a, b) => a + b, 0) / values.length;
	const variance =
		values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
	return {
		mean,
		spread: variance > 1e-18 * mean ** 2 ? Math.sqrt(variance) : 0,
	};
}
