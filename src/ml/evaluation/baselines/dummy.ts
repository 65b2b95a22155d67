import type { Subject } from "../subject.ts";

/** For every row the mean label of the training rows, or each class's share of them. */
export function dummyOf(
	{ truth, classes }: Pick<Subject, "truth" | "classes">,
	training: readonly number[],
	rows: number,
): Float64Array {
	const mean = (term: (label: number) => number) =>
		training.reduce((sum, row) => sum + term(truth[row] as number), 0) /
		training.length;
	const one = classes.length
		? classes.map((_, at) => mean((label) => Number(label === at)))
		: [mean((label) => label)];
	return Float64Array.from(
		{ length: rows * one.length },
		(_, i) => one[i % one.length] as number,
	);
}
