// Truth is 1 (positive) or 0, a prediction the probability of 1.
import type { Scorer } from "../metrics.ts";
import { mean } from "./mean.ts";

/** From this probability on a row counts as predicted positive. */
const THRESHOLD = 0.5;

/** The float64 step at 1: where scikit-learn clips probabilities, too. */
const EPSILON = 2 ** -52;

/**
 * Average precision, sum of (R_k - R_k-1) P_k over distinct scores, without
 * interpolation: the step-wise area under the precision-recall curve that
 * scikit-learn computes. Rows with equal scores enter together. (Davis and
 * Goadrich, ICML 2006, on why linear interpolation is too optimistic here.)
 */
export const averagePrecision: Scorer = (truth, prediction) => {
	const order = byScore(prediction);
	return (weights) => {
		let [hits, seen, area, total] = [0, 0, 0, 0];
		for (const i of order) total += positiveWeight(truth, weights, i);
		for (let at = 0; at < order.length; ) {
			const tied = endOfTie(order, prediction, at);
			let found = 0;
			for (; at < tied; at++) {
				const i = order[at] as number;
				found += positiveWeight(truth, weights, i);
				seen += weights?.[i] ?? 1;
			}
			hits += found;
			if (found > 0) area += found * (hits / seen);
		}
		return total > 0 ? area / total : Number.NaN;
	};
};

/** The Mann-Whitney statistic: ties count one half (Hanley and McNeil 1982). */
export const rocAuc: Scorer = (truth, prediction) => {
	const order = byScore(prediction);
	return (weights) => {
		let [positives, negatives, area] = [0, 0, 0];
		for (let at = 0; at < order.length; ) {
			const tied = endOfTie(order, prediction, at);
			let [up, down] = [0, 0];
			for (; at < tied; at++) {
				const i = order[at] as number;
				const weight = weights?.[i] ?? 1;
				if (truth[i] === 1) up += weight;
				else down += weight;
			}
			area += down * (positives + up / 2);
			positives += up;
			negatives += down;
		}
		return area / (positives * negatives);
	};
};

export const accuracy: Scorer = (truth, prediction) => (weights) =>
	mean(truth.length, weights, (i) =>
		Number(isPredicted(prediction[i]) === (truth[i] === 1)),
	);

/** 2TP / (2TP + FP + FN); 0 when nothing is positive on either side. */
export const f1: Scorer = (truth, prediction) => (weights) => {
	let [both, either] = [0, 0];
	for (let i = 0; i < truth.length; i++) {
		const weight = weights?.[i] ?? 1;
		const [is, said] = [truth[i] === 1, isPredicted(prediction[i])];
		if (is && said) both += 2 * weight;
		either += weight * (Number(is) + Number(said));
	}
	return either > 0 ? both / either : 0;
};

export const logLoss: Scorer = (truth, prediction) => (weights) =>
	mean(truth.length, weights, (i) => {
		const p = Math.min(1 - EPSILON, Math.max(EPSILON, prediction[i] as number));
		return -Math.log(truth[i] === 1 ? p : 1 - p);
	});

/** Mean squared error of the probability (Brier 1950). */
export const brier: Scorer = (truth, prediction) => (weights) =>
	mean(
		truth.length,
		weights,
		(i) => ((prediction[i] as number) - (truth[i] as number)) ** 2,
	);

function isPredicted(p: number | undefined): boolean {
	return (p as number) >= THRESHOLD;
}

/** Row indexes, the highest score first. */
function byScore(prediction: ArrayLike<number>): Uint32Array {
	const order = Uint32Array.from({ length: prediction.length }, (_, i) => i);
	return order.sort(
		(a, b) => (prediction[b] as number) - (prediction[a] as number),
	);
}

function endOfTie(
	order: Uint32Array,
	prediction: ArrayLike<number>,
	start: number,
): number {
	const level = prediction[order[start] as number];
	let end = start + 1;
	while (end < order.length && prediction[order[end] as number] === level)
		end++;
	return end;
}

function positiveWeight(
	truth: ArrayLike<number>,
	weights: ArrayLike<number> | undefined,
	i: number,
): number {
	return truth[i] === 1 ? (weights?.[i] ?? 1) : 0;
}
