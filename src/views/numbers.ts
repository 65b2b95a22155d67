// Numbers as people read them.
import type { MetricName } from "../reports/evaluation-plan.ts";

export function usd(amount: number): string {
	if (amount > 0 && amount < 0.01) return "under $0.01";
	return Number.isInteger(amount) ? `$${amount}` : `$${amount.toFixed(2)}`;
}

export function duration(seconds: number): string {
	if (seconds < 1) return "under 1 s";
	if (seconds < 60) return `${Math.round(seconds)} s`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 120) return `${minutes} min`;
	const hours = Math.round(minutes / 60);
	return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** A share of 0 to 1. Small shares keep a digit, so that 0.4 % is not "0 %". */
export function percent(share: number): string {
	const value = share * 100;
	if (value > 0 && value < 0.1) return "under 0.1 %";
	return `${Number(value.toFixed(value < 10 ? 1 : 0))} %`;
}

/** A measured value: three decimals up to 10, fewer beyond. */
export function measure(value: number): string {
	const size = Math.abs(value);
	if (size >= 1_000) return Math.round(value).toLocaleString("en-US");
	return value.toFixed(size < 10 ? 3 : 1);
}

/** A number people need only roughly: three digits. */
export const roughly = (value: number): string =>
	Number(value.toPrecision(3)).toLocaleString("en-US");

export const interval = ([low, high]: readonly [number, number]): string =>
	`[${measure(low)}, ${measure(high)}]`;

export const pValue = (p: number): string =>
	p < 0.0001 ? "p < 0.0001" : `p = ${Number(p.toPrecision(2))}`;

export const count = (value: number): string => value.toLocaleString("en-US");

/** "1 file", "2 files". */
export const plural = (value: number, noun: string): string =>
	`${count(value)} ${noun}${value === 1 ? "" : "s"}`;

const METRIC_TITLES: Record<MetricName, string> = {
	pr_auc: "PR-AUC",
	roc_auc: "ROC-AUC",
	accuracy: "accuracy",
	f1: "F1",
	log_loss: "log loss",
	brier: "Brier score",
	mae: "MAE",
	rmse: "RMSE",
	r2: "R²",
	balanced_accuracy: "balanced accuracy",
	mcc: "Matthews correlation",
	precision: "precision",
	recall: "recall",
	smape: "sMAPE",
	mase: "MASE",
	pinball: "pinball loss",
};

/** What a script calls its own figure stays as it is. */
export const metricTitle = (metric: string): string =>
	METRIC_TITLES[metric as MetricName] ?? metric;
