// Two learners that are equally good, trained and scored on ten random splits
// of the same rows: what repeated splits pretend to know.
import { score } from "../../src/ml/evaluation/metrics.ts";
import type { Random } from "../../src/ml/evaluation/random.ts";
import { normalsOf } from "./worlds.ts";

export const SPLITS = 10;
export const HELD_OUT = 0.2;
/** Columns each learner sees; no column is seen by both. */
const COLUMNS = 3;
/** How far apart the classes lie in every column. */
const DISTANCE = 0.4;

/** ROC-AUC of the one less that of the other, split by split. */
export function differencesOverSplits(
	rows: number,
	prevalence: number,
	random: Random,
): number[] {
	const normal = normalsOf(random);
	const positives = Math.round(rows * prevalence);
	const truth = Float64Array.from({ length: rows }, (_, i) =>
		Number(i < positives),
	);
	const columns = Array.from({ length: 2 * COLUMNS }, () =>
		truth.map((label) => DISTANCE * label + normal()),
	);
	const all = [...truth.keys()];
	const classes = [all.slice(0, positives), all.slice(positives)];
	return Array.from({ length: SPLITS }, () => {
		const [held, training]: [number[], number[]] = [[], []];
		for (const rowsOfClass of classes) {
			const shuffled = random.shuffle(rowsOfClass);
			const cut = Math.round(shuffled.length * HELD_OUT);
			held.push(...shuffled.slice(0, cut));
			training.push(...shuffled.slice(cut));
		}
		const labels = held.map((row) => truth[row] as number);
		const [one = 0, other = 0] = [
			columns.slice(0, COLUMNS),
			columns.slice(COLUMNS),
		].map((seen) => {
			const weights = seen.map((column) => contrast(column, truth, training));
			const scores = held.map((row) =>
				seen.reduce(
					(sum, column, i) =>
						sum + (weights[i] as number) * (column[row] as number),
					0,
				),
			);
			return score("roc_auc", labels, scores);
		});
		return one - other;
	});
}

/** Distance of the class means: the nearest-centroid rule's weight of a column. */
function contrast(
	column: Float64Array,
	truth: Float64Array,
	rows: readonly number[],
): number {
	const [sums, counts] = [
		[0, 0],
		[0, 0],
	];
	for (const row of rows) {
		const label = truth[row] as 0 | 1;
		sums[label] = (sums[label] ?? 0) + (column[row] as number);
		counts[label] = (counts[label] ?? 0) + 1;
	}
	return (sums[1] ?? 0) / (counts[1] ?? 1) - (sums[0] ?? 0) / (counts[0] ?? 1);
}
