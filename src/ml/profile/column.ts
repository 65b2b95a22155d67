import type { ColumnProfile } from "../../reports/data.ts";
import { isMissing } from "../table/table.ts";
import { countOutliers } from "./outliers.ts";

const TOP = 5;
const LONGEST_SHOWN = 80;
const MOST_CATEGORIES = 50;

const BOOLEAN = /^(true|false|yes|no)$/i;
const INTEGER = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const DATE =
	/^\d{4}-\d{2}(-\d{2})?([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

export function profileColumn(
	name: string,
	cells: readonly string[],
): ColumnProfile {
	const counts = countValues(cells);
	const absent = missingCount(cells);
	const present = cells.length - absent;
	const type = typeOf([...counts.keys()], present);
	return {
		name,
		type,
		missing: cells.length ? absent / cells.length : 0,
		distinct: counts.size,
		top: [...counts]
			.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
			.slice(0, TOP)
			.map(([value, count]) => ({
				value: value.slice(0, LONGEST_SHOWN),
				count,
			})),
		...rangeOf(type, counts, present),
	};
}

/** How often each value that is not missing occurs. */
export function countValues(cells: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const cell of cells)
		if (!isMissing(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
	return counts;
}

function missingCount(cells: readonly string[]): number {
	return cells.reduce((sum, cell) => sum + (isMissing(cell) ? 1 : 0), 0);
}

function typeOf(
	values: readonly string[],
	present: number,
): ColumnProfile["type"] {
	if (values.length === 0) return "empty";
	const all = (shape: RegExp) => values.every((v) => shape.test(v.trim()));
	if (all(BOOLEAN)) return "boolean";
	if (all(INTEGER)) return "integer";
	if (all(NUMBER)) return "number";
	if (all(DATE)) return "date";
	const repeats = values.length <= present / 2;
	return repeats && values.length <= MOST_CATEGORIES ? "category" : "text";
}

function rangeOf(
	type: ColumnProfile["type"],
	counts: ReadonlyMap<string, number>,
	present: number,
): Pick<ColumnProfile, "min" | "max" | "mean" | "outliers"> {
	if (type === "date") {
		const sorted = [...counts.keys()].sort();
		return { min: sorted[0] ?? "", max: sorted.at(-1) ?? "" };
	}
	if (type !== "integer" && type !== "number") return {};
	let [min, max, sum] = [Infinity, -Infinity, 0];
	for (const [text, count] of counts) {
		const value = Number(text);
		min = Math.min(min, value);
		max = Math.max(max, value);
		sum += value * count;
	}
	return {
		min: String(min),
		max: String(max),
		mean: sum / present,
		outliers: countOutliers(counts),
	};
}
