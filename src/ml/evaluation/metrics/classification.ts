// Truth is 1 (positive) or 0, a prediction the probability of 1.
import type { Scorer } from "../metrics.ts";
import { isPredicted } from "./decisions.ts";
import { once, weightedMean } from "./mean.ts";

/**
 * Average precision, sum of (R_k - R_k-1) P_k over distinct scores, without
 * interpolation: the step-wise area under the precision-recall curve that
 * scikit-learn computes. Rows with equal scores enter together. (Davis and
 * Goadrich, ICML 2006, on why linear interpolation is too optimistic here.)
 */
export const averagePrecision: Scorer = (truth, prediction) => {
	const { order, isPositive, endsTie } = rank(truth, prediction);
	return (weights = once(order.length)) => {
		let [hits, seen, found, area] = [0, 0, 0, 0];
		for (let at = 0; at < order.length; at++) {
			const weight = weights[order[at] as number] as number;
			seen += weight;
			found += weight * (isPositive[at] as number);
			if (!endsTie[at] || found === 0) continue;
			hits += found;
			area += found * (hits / seen);
			found = 0;
		}
		return area / hits;
	};
};

/** The Mann-Whitney statistic: ties count one half (Hanley and McNeil 1982). */
export const rocAuc: Scorer = (truth, prediction) => {
	const { order, isPositive, endsTie } = rank(truth, prediction);
	return (weights = once(order.length)) => {
		let [positives, negatives, up, both, area] = [0, 0, 0, 0, 0];
		for (let at = 0; at < order.length; at++) {
			const weight = weights[order[at] as number] as number;
			up += weight * (isPositive[at] as number);
			both += weight;
			if (!endsTie[at]) continue;
			area += (both - up) * (positives + up / 2);
			positives += up;
			negatives += both - up;
			up = 0;
			both = 0;
		}
		return area / (positives * negatives);
	};
};

export const accuracy: Scorer = (truth, prediction) =>
	weightedMean(truth.length, (i) =>
		Number(isPredicted(prediction[i]) === (truth[i] === 1)),
	);

interface Ranking {
	/** Row indexes, the highest score first. */
	readonly order: Uint32Array;
	/** By place in the order. */
	readonly isPositive: Uint8Array;
	/** The next place has another score: rows of equal scores enter together. */
	readonly endsTie: Uint8Array;
}

function rank(
	truth: ArrayLike<number>,
	prediction: ArrayLike<number>,
): Ranking {
	const score = Float64Array.from(prediction);
	const order = Uint32Array.from(score, (_, i) => i).sort(
		(a, b) => (score[b] as number) - (score[a] as number),
	);
	return {
		order,
		isPositive: Uint8Array.from(order, (row) => Number(truth[row] === 1)),
		endsTie: Uint8Array.from(order, (row, at) =>
			Number(score[row] !== score[order[at + 1] as number]),
		),
	};
}
