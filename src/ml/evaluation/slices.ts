import type { EvaluationResult } from "../../reports/results.ts";
import { columnOf } from "../table/table.ts";
import { median } from "./bootstrap.ts";
import { score } from "./metrics.ts";
import type { Bench, SystemPredictions } from "./run-systems.ts";
import { samplesOf } from "./samples.ts";
import type { Split } from "./split.ts";
import type { Subject } from "./subject.ts";

const FEWEST_ROWS = 20;
/** A number column with more values than this is cut into quarters. */
const MOST_VALUES = 12;

export interface Slice {
	readonly column: string;
	readonly value: string;
	/** In the held-out part. */
	readonly places: readonly number[];
}

/** Those that are large enough. */
export function slicesOf(
	{ contract, table }: Subject,
	{ heldOut }: Split,
): Slice[] {
	return contract.slices.flatMap((column) => {
		const cells = columnOf(table, column) ?? [];
		const names = sliceNames(heldOut.map((row) => cells[row] ?? ""));
		return [...new Set(names)]
			.sort(byText)
			.map((value) => {
				const places = [...names.keys()].filter((i) => names[i] === value);
				return { column, value, places };
			})
			.filter(({ places }) => places.length >= FEWEST_ROWS);
	});
}

/** The primary metric (median over seeds); absent where a slice holds one class only. */
export function scoreSlices(
	bench: Pick<Bench, "subject" | "split">,
	{ model }: SystemPredictions,
): EvaluationResult["slices"] {
	const { metric } = bench.subject.contract.primary;
	return slicesOf(bench.subject, bench.split)
		.map(({ column, value, places }) => {
			const some = samplesOf(bench, { model, baseline: [] }, places);
			const scores = some.model.map((p) =>
				score(metric, some.truth, p, some.terms),
			);
			return { column, value, rows: places.length, metric: median(scores) };
		})
		.filter((slice) => Number.isFinite(slice.metric));
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
