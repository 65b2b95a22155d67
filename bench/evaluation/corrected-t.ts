import { mean, sampleVariance } from "simple-statistics";
import {
	type TTest,
	tTestOf,
} from "../../src/ml/evaluation/statistics/t-test.ts";

/**
 * The t-test of differences over repeated splits, its variance corrected for
 * the overlap of their training parts: 1/J + n_test/n_train in place of 1/J
 * (Nadeau and Bengio 2003, Machine Learning 52:239; folds × repeats: Bouckaert
 * and Frank 2004). `testPerTraining` 0 is the naive paired t-test, whose error
 * rate is several times what it says.
 */
export function correctedT(
	differences: readonly number[],
	testPerTraining: number,
	alpha: number,
): TTest {
	const count = differences.length;
	const variance =
		sampleVariance([...differences]) * (1 / count + testPerTraining);
	return tTestOf(mean([...differences]), variance, count - 1, alpha);
}
