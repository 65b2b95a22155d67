// What this much data can show at all, told before anything is built.
import { mean } from "simple-statistics";
import type {
	EvaluationContract,
	MetricName,
	Pins,
} from "../../reports/evaluation-plan.ts";
import { sha256 } from "../../run/digest.ts";
import { contractFaults } from "./contract-faults.ts";
import { type Given, pinsOf } from "./pins.ts";
import { type Split, splitRows } from "./split.ts";
import { normalQuantile } from "./statistics/distributions.ts";
import { readSubject, type Subject } from "./subject.ts";
import { termsOf } from "./terms.ts";

export interface EvaluationForecast {
	readonly faults: string[];
	readonly dataDigest?: string;
	readonly pins?: Pins;
	readonly heldOutRows?: number;
	readonly minimumDetectableEffect?: number;
}

const POWER = 0.8;

/**
 * Model and baseline are scored on the same rows, so their errors correlate.
 * 0.7 is assumed: cautious for two models of the same features. It is a
 * planning figure; the verdict uses the bootstrap of the real predictions.
 */
const CORRELATION = 0.7;

/** `bytes` is the contract's data file, undefined when there is none. */
export function forecastEvaluation(
	contract: EvaluationContract,
	bytes: Uint8Array | undefined,
	given: Given = {},
): EvaluationForecast {
	const faults = contractFaults(contract, bytes, given);
	const dataDigest = {
		...(bytes ? { dataDigest: sha256(bytes) } : {}),
		...(given.labels || given.script ? { pins: pinsOf(given) } : {}),
	};
	if (contract.reported) return { faults, ...dataDigest };
	const subject = readSubject(contract, bytes, given.labels);
	if (faults.length || "faults" in subject) return { faults, ...dataDigest };
	const split = splitRows(subject);
	const { heldOut } = split;
	const effect = minimumDetectableEffect(subject, split);
	return {
		faults,
		...dataDigest,
		heldOutRows: heldOut.length,
		...(Number.isFinite(effect) ? { minimumDetectableEffect: effect } : {}),
	};
}

/**
 * (z[1 - alpha/2] + z[power]) times the standard error of the difference,
 * sqrt(2 (1 - correlation)) times that of one system. Rows of one group are
 * counted as one: cautious, right when a group's rows are alike.
 */
export function minimumDetectableEffect(
	subject: Subject,
	split: Split,
): number {
	const { contract, classes, truth, groups } = subject;
	const { heldOut } = split;
	const { scales = [1] } = termsOf(subject, split, heldOut);
	const unit = mean(Array.from(scales));
	const units = new Set(heldOut.map((row) => groups[row])).size;
	const labels = heldOut.map((row) => truth[row] as number);
	const z = normalQuantile(1 - contract.alpha / 2) + normalQuantile(POWER);
	const { metric } = contract.primary;
	const one = classes.length
		? errorOfClasses(metric, units, classes.length)
		: standardError(metric, labels, units);
	return (z * one * Math.sqrt(2 * (1 - CORRELATION))) / unit;
}

/** A share of the rows, or a mean over classes of shares of theirs; a log loss differs by about 0.7 a row. */
function errorOfClasses(
	metric: MetricName,
	units: number,
	classes: number,
): number {
	if (metric === "log_loss") return 0.7 / Math.sqrt(units);
	const rows = metric === "accuracy" ? units : units / classes;
	const shares = metric === "accuracy" ? 1 : classes;
	return Math.sqrt((0.6 * 0.4) / rows / shares);
}

/** Of one system's score on `units` independent rows, at a middling performance. */
function standardError(
	metric: MetricName,
	labels: readonly number[],
	units: number,
): number {
	const mean = labels.reduce((a, b) => a + b, 0) / labels.length;
	const spread = Math.sqrt(
		labels.reduce((sum, y) => sum + (y - mean) ** 2, 0) / labels.length,
	);
	const [positives, negatives] = [mean * units, (1 - mean) * units];
	const error = (share: number, n: number) =>
		Math.sqrt((share * (1 - share)) / n);
	switch (metric) {
		// Boyd, Eng and Page 2013: binomial in the positives; a third of the
		// way from chance (the prevalence) to perfect is taken as middling.
		case "pr_auc":
			return error(mean + (1 - mean) / 3, positives);
		case "roc_auc":
			return hanleyMcNeil(0.75, positives, negatives);
		case "accuracy":
			return error(0.75, units);
		case "f1":
		case "mcc":
		case "precision":
		case "recall":
			return error(0.5, positives);
		// The mean of two shares, of which that of the rarer class varies most.
		case "balanced_accuracy":
			return Math.hypot(error(0.75, positives), error(0.75, negatives)) / 2;
		// A squared error of a Bernoulli label varies by at most about p(1-p).
		case "brier":
			return spread ** 2 / Math.sqrt(units);
		case "log_loss":
			return spread / Math.sqrt(units);
		// Normal residuals with half of the label's variance left:
		// sd|e| = 0.603 s (folded normal), se(rmse) = s / sqrt(2n).
		case "mae":
		case "mase":
		case "pinball":
			return (0.603 * spread * Math.SQRT1_2) / Math.sqrt(units);
		case "rmse":
			return (spread * Math.SQRT1_2) / Math.sqrt(2 * units);
		// In 0 to 2; errors of some tenths that differ by as much.
		case "smape":
			return 0.3 / Math.sqrt(units);
		// Olkin and Finn 1995: 2 R (1 - R²) / sqrt(n) for R² = 0.5.
		case "r2":
			return (2 * Math.SQRT1_2 * 0.5) / Math.sqrt(units);
	}
}

/** Hanley and McNeil 1982, formula 1. */
function hanleyMcNeil(
	area: number,
	positives: number,
	negatives: number,
): number {
	const q1 = area / (2 - area);
	const q2 = (2 * area ** 2) / (1 + area);
	const variance =
		area * (1 - area) +
		(positives - 1) * (q1 - area ** 2) +
		(negatives - 1) * (q2 - area ** 2);
	return Math.sqrt(variance / (positives * negatives));
}
