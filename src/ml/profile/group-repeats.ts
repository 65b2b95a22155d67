import type { ColumnProfile, DataProfile } from "../../reports/data.ts";
import { countValues } from "./column.ts";

const IDENTIFIER = /(^|_)(id|uuid|key)$|^[a-z]+Id$/i;

/** Identifier-like columns whose values repeat: such rows belong together. */
export function groupRepeats(
	columns: readonly ColumnProfile[],
	cells: readonly (readonly string[])[],
): DataProfile["groupRepeats"] {
	return columns.flatMap((column, index) => {
		if (!IDENTIFIER.test(column.name)) return [];
		const counts = countValues(cells[index] ?? []);
		const largest = largestCount(counts);
		const groups = counts.size;
		return groups >= 2 && largest >= 2
			? [{ column: column.name, groups, largest }]
			: [];
	});
}

/** A loop, because spreading 200,000 values would overflow the stack. */
function largestCount(counts: ReadonlyMap<string, number>): number {
	let largest = 0;
	for (const count of counts.values()) largest = Math.max(largest, count);
	return largest;
}
