import { randomOf } from "../random.ts";
import type { Split } from "../split.ts";
import type { Subject } from "../subject.ts";
import { designMatrix } from "./design-matrix.ts";
import { linear, logistic, ridge, sigmoid } from "./linear-fit.ts";

/** Multiplications a fit may cost: beyond, it learns from a sample of the rows. */
const MOST_WORK = 4e8;
const STEPS = 8;
const [FEWEST_ROWS, MOST_ROWS] = [500, 20_000];

/** A line through the numbers and few-valued columns; undefined where a table has none. */
export function linearOf(
	subject: Subject,
	{ training, heldOut }: Split,
): Float64Array | undefined {
	const drawn = randomOf("linear baseline")
		.shuffle(training)
		.slice(0, MOST_ROWS);
	const matrix = designMatrix(subject, drawn);
	if (!matrix) return undefined;
	const { contract, classes } = subject;
	const { width } = matrix([]);
	const most = MOST_WORK / ((width + 1) ** 2 * STEPS * (classes.length || 1));
	const rows = drawn
		.slice(0, Math.max(FEWEST_ROWS, Math.floor(most)))
		.sort((a, b) => a - b);
	const [x, asked] = [matrix(rows), matrix(heldOut)];
	const truth = rows.map((row) => subject.truth[row] as number);
	if (contract.task === "regression") return linear(asked, ridge(x, truth));
	if (!classes.length) return linear(asked, logistic(x, truth)).map(sigmoid);
	return together(
		classes.map((_, at) =>
			linear(
				asked,
				logistic(
					x,
					truth.map((label) => Number(label === at)),
				),
			).map(sigmoid),
		),
	);
}

/** Each class against the rest, and all of them 1. */
function together(classes: readonly Float64Array[]): Float64Array {
	const width = classes.length;
	const of = (row: number, at: number) => classes[at]?.[row] as number;
	return Float64Array.from(
		{ length: width * (classes[0]?.length ?? 0) },
		(_, i) => {
			const row = Math.floor(i / width);
			const sum = classes.reduce((all, _, at) => all + of(row, at), 0);
			return of(row, i % width) / sum;
		},
	);
}
