import { max } from "simple-statistics";
import { rocAuc } from "../metrics/classification.ts";
import type { Bench, SystemPredictions } from "../run-systems.ts";
import { normalCdf, normalQuantile } from "../statistics/distributions.ts";
import { check, notApplicable, type SanityCheck, short } from "./check.ts";

const NAME = "no perfect head";
/** So improbable, and so much longer than expected, is a run that nobody has by skill. */
const [IMPROBABLE, TIMES] = [1e-4, 2.5];
const FEWEST = 15;

/**
 * A column that says the label of some rows puts those at the top of the
 * ranking, all of them right, and leaves the others as hard as they were. So
 * the run of positives at the top is held against the one that two normal
 * distributions of the same ROC-AUC would have.
 */
export function perfectHead(
	{ subject, split }: Bench,
	{ model: [first] }: SystemPredictions,
): SanityCheck {
	if (
		subject.contract.task === "regression" ||
		subject.classes.length ||
		!first
	)
		return notApplicable(NAME, "only a ranking of two classes has a head");
	const truth = split.heldOut.map((row) => subject.truth[row] as number);
	const positives = truth.filter((label) => label === 1).length;
	const head = headOf(truth, first);
	const area = rocAuc(truth, first)();
	const said = `the first ${head} of ${positives} positives stand before every negative`;
	if (area > 0.999 || area <= 0.5 || head < FEWEST)
		return check(NAME, true, said);
	const { chance, expected } = normalHead(
		head,
		positives,
		truth.length - positives,
		area,
	);
	return {
		...check(
			NAME,
			chance > IMPROBABLE || head < TIMES * expected,
			`${said}; about ${Math.round(expected)} would by a ROC-AUC of ${short(area)}${chance > IMPROBABLE ? "" : ", and so many hardly ever: look for a column that says the label of some rows"}`,
		),
		ofData: true,
	};
}

/** Rows of equal scores come together. */
function headOf(truth: readonly number[], scores: Float64Array): number {
	const highest = max(
		truth.flatMap((label, i) => (label === 1 ? [] : [scores[i] as number])),
	);
	return truth.filter(
		(label, i) => label === 1 && (scores[i] as number) > highest,
	).length;
}

const STEPS = 400;

/** Positives above the highest negative, over all places where that may be. */
function normalHead(
	head: number,
	positives: number,
	negatives: number,
	area: number,
): { chance: number; expected: number } {
	const distance = Math.SQRT2 * normalQuantile(area);
	let [chance, expected] = [0, 0];
	for (let i = 0; i < STEPS; i++) {
		const highest = normalQuantile(((i + 0.5) / STEPS) ** (1 / negatives));
		const share = 1 - normalCdf(highest - distance);
		const spread = Math.sqrt(positives * share * (1 - share)) || 1e-9;
		chance += 1 - normalCdf((head - 0.5 - positives * share) / spread);
		expected += positives * share;
	}
	return { chance: chance / STEPS, expected: expected / STEPS };
}
