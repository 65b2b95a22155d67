import type { Subject } from "../subject.ts";

/** For every row the mean label of the training rows, each class's share of them, or the quantile that is asked for. */
export function dummyOf(
	{ truth, classes, contract }: Subject,
	training: readonly number[],
	rows: number,
): Float64Array {
	const mean = (term: (label: number) => number) =>
		training.reduce((sum, row) => sum + term(truth[row] as number), 0) /
		training.length;
	const one = classes.length
		? classes.map((_, at) => mean((label) => Number(label === at)))
		: contract.primary.metric === "pinball"
			? [
					quantileOf(
						training.map((row) => truth[row] as number),
						contract,
					),
				]
			: [mean((label) => label)];
	return Float64Array.from(
		{ length: rows * one.length },
		(_, i) => one[i % one.length] as number,
	);
}

const quantileOf = (
	labels: readonly number[],
	{ quantile = 0.5 }: Subject["contract"],
) =>
	labels.toSorted((a, b) => a - b)[
		Math.floor(quantile * (labels.length - 1))
	] as number;
