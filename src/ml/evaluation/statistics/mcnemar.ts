import type { Samples } from "../bootstrap.ts";
import { likeliest, widthOf } from "../metrics/classes.ts";
import { isPredicted } from "../metrics/decisions.ts";
import { fairCoin } from "./distributions.ts";

/**
 * McNemar's test on two systems' rights and wrongs: an exact binomial test on
 * the rows where they differ, in its mid-p form; the exact one keeps its level
 * by rejecting far too seldom (Fagerland, Lydersen and Laake 2013, BMC Medical
 * Research Methodology 13:91). Takes rows as independent.
 */
export function mcNemar(
	firstOnly: number,
	secondOnly: number,
): { pValue: number; exact: number } {
	const n = firstOnly + secondOnly;
	const { below, at } = fairCoin(Math.min(firstOnly, secondOnly), n);
	return {
		pValue: Math.min(1, 2 * below - at),
		exact: Math.min(1, 2 * below),
	};
}

/** A row counts as right when more than half of a system's seeds get it right. */
export function compareRights({
	truth,
	model,
	baseline,
}: Pick<Samples, "truth" | "model" | "baseline">): ReturnType<typeof mcNemar> {
	const guess = (p: ArrayLike<number>, row: number) => {
		const width = widthOf(truth, p);
		return width > 1 ? likeliest(p, row, width) : Number(isPredicted(p[row]));
	};
	const isRight = (seeds: readonly ArrayLike<number>[], row: number) =>
		2 * seeds.filter((p) => guess(p, row) === truth[row]).length > seeds.length;
	let [firstOnly, secondOnly] = [0, 0];
	for (let row = 0; row < truth.length; row++) {
		const [first, second] = [isRight(model, row), isRight(baseline, row)];
		firstOnly += Number(first && !second);
		secondOnly += Number(second && !first);
	}
	return mcNemar(firstOnly, secondOnly);
}
