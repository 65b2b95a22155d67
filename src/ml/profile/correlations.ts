import { sampleCorrelation } from "simple-statistics";
import type { ColumnProfile, DataProfile } from "../../reports/data.ts";
import { isMissing } from "../table/table.ts";

const STRONG = 0.8;
const MOST_PAIRS = 10;
/** Pairs grow with the square of the columns. */
const MOST_COLUMNS = 60;
const MOST_ROWS = 20_000;
const FEWEST_ROWS = 10;

/** Numeric columns that say nearly the same, over rows where both have a value. */
export function correlations(
	columns: readonly ColumnProfile[],
	cells: readonly (readonly string[])[],
): DataProfile["correlations"] {
	const numeric = [...columns.entries()]
		.filter(([, { type, distinct }]) => isNumber(type) && distinct > 2)
		.slice(0, MOST_COLUMNS)
		.map(([index, { name }]) => ({
			name,
			values: (cells[index] ?? [])
				.slice(0, MOST_ROWS)
				.map((cell) => (isMissing(cell) ? Number.NaN : Number(cell))),
		}));
	const pairs = numeric.flatMap((a, i) =>
		numeric.slice(i + 1).map((b) => ({
			columns: [a.name, b.name] as [string, string],
			r: correlation(a.values, b.values),
		})),
	);
	return pairs
		.filter(({ r }) => Math.abs(r) >= STRONG)
		.sort((a, b) => Math.abs(b.r) - Math.abs(a.r))
		.slice(0, MOST_PAIRS);
}

export const isNumber = (type: ColumnProfile["type"]) =>
	type === "integer" || type === "number";

/** 0 where too few rows have both values, or one of them never varies. */
function correlation(a: readonly number[], b: readonly number[]): number {
	const both = [...a.keys()].filter((row) =>
		Number.isFinite((a[row] ?? Number.NaN) + (b[row] ?? Number.NaN)),
	);
	if (both.length < FEWEST_ROWS) return 0;
	const of = (values: readonly number[]) => both.map((row) => values[row] ?? 0);
	const r = sampleCorrelation(of(a), of(b));
	return Number.isFinite(r) ? r : 0;
}
