import type { EvaluationResult } from "../../reports/results.ts";
import { columnOf } from "../table/table.ts";
import { median } from "./bootstrap.ts";
import { score } from "./metrics.ts";
import { atPlaces } from "./samples.ts";
import type { Split } from "./split.ts";
import type { Subject } from "./subject.ts";
import { termsOf } from "./terms.ts";

const FEWEST_ROWS = 20;
/** A number column with more values than this is cut into quarters. */
const MOST_VALUES = 12;

/** The primary metric (median over seeds) in each slice that is large enough. */
export function scoreSlices(
	subject: Subject,
	split: Split,
	model: readonly Float64Array[],
): EvaluationResult["slices"] {
	const { contract, table, truth } = subject;
	const { heldOut } = split;
	return contract.slices.flatMap((column) => {
		const cells = columnOf(table, column) ?? [];
		const names = sliceNames(heldOut.map((row) => cells[row] ?? ""));
		return [...new Set(names)].sort(byText).flatMap((value) => {
			const at = [...names.keys()].filter((i) => names[i] === value);
			if (at.length < FEWEST_ROWS) return [];
			const rows = at.map((i) => heldOut[i] as number);
			const labels = rows.map((row) => truth[row] as number);
			const terms = termsOf(subject, split, rows);
			const metric = median(
				model.map((predictions) =>
					score(
						contract.primary.metric,
						labels,
						atPlaces(predictions, at, heldOut.length),
						terms,
					),
				),
			);
			// Undefined where the slice holds one class only.
			if (!Number.isFinite(metric)) return [];
			return [{ column, value, rows: at.length, metric }];
		});
	});
}

function sliceNames(cells: readonly string[]): string[] {
	const numbers = cells.map((cell) =>
		cell === "" ? Number.NaN : Number(cell),
	);
	const few = new Set(cells).size <= MOST_VALUES;
	if (few || numbers.some(Number.isNaN)) return [...cells];
	const sorted = numbers.toSorted((a, b) => a - b);
	const edge = (quarter: number) =>
		sorted[Math.floor((sorted.length * quarter) / 4)] as number;
	const edges = [1, 2, 3].map(edge);
	const bounds = [sorted[0], ...edges, sorted.at(-1)];
	return numbers.map((value) => {
		const bin = edges.filter((edge) => value >= edge).length;
		return `${bin + 1}. quarter (${bounds[bin]} to ${bounds[bin + 1]})`;
	});
}

const byText = (a: string, b: string) => (a < b ? -1 : 1);
