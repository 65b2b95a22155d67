// What makes a contract unjudgeable, told at the gate instead of after the work.
import {
	type EvaluationContract,
	judgesAllClasses,
} from "../../reports/evaluation-plan.ts";
import { isMissing } from "../table/table.ts";
import { designMatrix } from "./baselines/design-matrix.ts";
import { givenAway } from "./leaks/given-away.ts";
import { METRIC } from "./metrics.ts";
import type { Given } from "./pins.ts";
import { splitRows } from "./split.ts";
import { FEWEST_UNITS } from "./statistics/interval.ts";
import { readSubject, type Subject } from "./subject.ts";
import { termsOf, uses } from "./terms.ts";
import { isTime } from "./time-order.ts";
import { unitsOf } from "./units.ts";

const FEWEST_ROWS = 20;
const FEWEST_GROUPS = 10;
const FEWEST_PER_CLASS = 5;
const MOST_CLASSES = 100;

/**
 * `bytes` is the contract's data file, undefined when there is none.
 * Each fault is a sentence; none means the contract can be judged.
 */
export function contractFaults(
	contract: EvaluationContract,
	bytes: Uint8Array | undefined,
	given: Given = {},
): string[] {
	if (contract.reported) return faultsOfReport(contract, given);
	if (contract.id === "none" && contract.labels === "operator")
		return ["the operator's labels are found by the rows' id; 'none' is no id"];
	const own = faultsOfTerms(contract);
	const subject = readSubject(contract, bytes, given.labels);
	if ("faults" in subject) return [...own, ...subject.faults];
	const faults = [...own, ...faultsOfRows(subject)];
	if (faults.length) return faults;
	const told = [...givenAway(subject), ...faultsOfColumns(subject)];
	return told.length ? told : faultsOfSplit(subject);
}

/** The linear baseline has something to go by, MASE something to divide by. */
function faultsOfColumns(subject: Subject): string[] {
	const { contract } = subject;
	const split = splitRows(subject);
	const { scales = [] } = termsOf(subject, split, split.heldOut);
	if (!Array.from(scales).every((scale) => scale > 0 && Number.isFinite(scale)))
		return [
			`mase divides by the naive forecast's error in training, and there is none${contract.season ? ` a season of ${contract.season} times apart` : ""}`,
		];
	const { against } = contract.primary;
	return against !== "linear" || designMatrix(subject, split.training)
		? []
		: [
				"the linear baseline finds no column of numbers, dates or few values; dummy needs none",
			];
}

/** A script's figures leave no more to be judged than themselves. */
function faultsOfReport(
	{ reported, primary, labels, seeds }: EvaluationContract,
	{ script }: Given,
): string[] {
	const own = primary.against ?? "existing model";
	return [
		...(script || !reported
			? []
			: [`there is no script ${reported.script} in the repository`]),
		...(own === "existing model" || primary.threshold !== undefined
			? []
			: [
					"what a script reports can be held against the existing model or a threshold alone",
				]),
		...(labels === "operator"
			? [
					"a reporting script reads its labels itself; those of the operator never leave this server",
				]
			: []),
		...(new Set(seeds).size < seeds.length
			? ["the training seeds are not all different"]
			: []),
	];
}

/** Contradictions inside the contract, whatever the data. */
function faultsOfTerms(contract: EvaluationContract): string[] {
	const { task, primary, secondary, seeds, label, id, split } = contract;
	const wanted = task === "regression" ? "value" : "probability";
	const faults = [primary.metric, ...secondary]
		.filter(
			(name) =>
				METRIC[name].predicts !== wanted ||
				(judgesAllClasses(contract) && !METRIC[name].ofClasses),
		)
		.map(
			(name) =>
				`the metric ${name} does not fit the task ${task}${judgesAllClasses(contract) ? " of all classes (the positive value is 'none'); accuracy, balanced_accuracy, f1 and log_loss do" : ""}`,
		);
	if (new Set(seeds).size < seeds.length)
		faults.push("the training seeds are not all different");
	const needed = [label, id, split.group, ...contract.slices];
	for (const name of contract.leave_out ?? [])
		if (needed.includes(name))
			faults.push(
				`the contract leaves out the column "${name}", which it needs itself`,
			);
	if (label === id) faults.push(`"${label}" is both the label and the id`);
	if (
		(split.kind === "group" || split.kind === "time") &&
		split.group === label
	)
		faults.push(`"${label}" is both the label and the ${split.kind}`);
	if (split.embargo && split.kind !== "time")
		faults.push(`an embargo needs a split by time; this one is ${split.kind}`);
	return [...faults, ...faultsOfRival(contract), ...faultsOfTest(contract)];
}

/** What a baseline takes for granted. */
function faultsOfRival(contract: EvaluationContract): string[] {
	const { primary, split, task, season, series, quantile } = contract;
	const rival = primary.against ?? "";
	const isForecast = split.kind === "time" && task === "regression";
	const needs = [
		...(rival.endsWith("naive") ? [`the ${rival} baseline`] : []),
		...(season === undefined ? [] : ["a season"]),
		...(series === undefined ? [] : ["a series"]),
		...(uses(contract, "mase") ? ["the metric mase"] : []),
	];
	const isPinball = uses(contract, "pinball");
	return [
		...(isPinball === (quantile !== undefined)
			? []
			: [
					isPinball
						? "the metric pinball needs a quantile, e.g. 0.9"
						: "a quantile is predicted for the metric pinball alone",
				]),
		...(isPinball &&
		[primary.metric, ...contract.secondary].some((name) => name !== "pinball")
			? [
					"the metric pinball stands alone: the other metrics do not judge a quantile",
				]
			: []),
		...needs
			.filter(() => !isForecast)
			.map(
				(what) =>
					`${what} needs a regression with a split by time; this is a ${task} with a ${split.kind} one`,
			),
		...(rival === "seasonal naive" && !season
			? [
					"the seasonal naive baseline needs a season: after how many times it comes again",
				]
			: []),
	];
}

/** What a test takes for granted. */
function faultsOfTest(contract: EvaluationContract): string[] {
	const { test, primary, split } = contract;
	const { metric } = primary;
	switch (test) {
		case "McNemar":
			return [
				...(metric === "accuracy"
					? []
					: [`McNemar compares accuracy; the primary metric is ${metric}`]),
				...(split.kind === "random" || split.kind === "stratified"
					? []
					: [
							`McNemar takes rows as independent, which a split by ${split.kind} denies; the paired bootstrap does not`,
						]),
			];
		case "Diebold-Mariano":
			return [
				...(METRIC[metric].isMeanLoss && !judgesAllClasses(contract)
					? []
					: [
							`Diebold-Mariano compares mean losses (mae, smape, and of two classes log_loss and brier); the primary metric is ${metric}`,
						]),
				...(split.kind === "time"
					? []
					: [
							`Diebold-Mariano needs a split by time; this one is ${split.kind}`,
						]),
			];
		default:
			return [];
	}
}

function faultsOfRows(subject: Subject): string[] {
	const { contract, truth, ids, groups } = subject;
	const { id, label, positive, split, task } = contract;
	const faults: string[] = [];
	const nameless = ids.filter(isMissing).length;
	if (nameless) faults.push(`${nameless} rows have no value in the id "${id}"`);
	const repeated = ids.length - new Set(ids).size;
	if (repeated)
		faults.push(
			`the id "${id}" is not unique: ${repeated} rows repeat an earlier value`,
		);
	if (split.kind === "group" || split.kind === "time") {
		const loose = groups.filter(isMissing).length;
		if (loose)
			faults.push(
				`${loose} rows have no value in the ${split.kind} "${split.group}"`,
			);
		const count = new Set(groups).size;
		if (count < FEWEST_GROUPS)
			faults.push(
				`the ${split.kind} "${split.group}" has ${count} values; at least ${FEWEST_GROUPS} are needed`,
			);
	}
	if (split.kind === "time" && !isTime(groups))
		faults.push(
			`the time "${split.group}" cannot be put in order; numbers or dates that begin with the year (2026-01-31) were expected`,
		);
	if (task === "regression") {
		if (!truth.every(Number.isFinite))
			faults.push(`the label "${label}" holds values that are not numbers`);
		else if (new Set(truth).size < 2)
			faults.push(`the label "${label}" has only one value`);
	} else faults.push(...faultsOfClasses(subject, label, positive));
	return faults;
}

function faultsOfClasses(
	{ contract, table, truth }: Subject,
	label: string,
	positive: string,
): string[] {
	const at = table.columns.indexOf(label);
	const classes = [...new Set(table.rows.map((row) => row[at] ?? ""))];
	if (classes.length < 2)
		return [`the label "${label}" has only one class: ${classes.join("")}`];
	if (judgesAllClasses(contract) && classes.length > MOST_CLASSES)
		return [
			`the label "${label}" has ${classes.length} classes; up to ${MOST_CLASSES} are judged`,
		];
	if (!truth.includes(1))
		return [
			`the label "${label}" never equals the positive value "${positive}"; it holds ${classes.slice(0, 10).join(", ")}`,
		];
	if (contract.task === "binary classification" && classes.length > 2)
		return [
			`the label "${label}" has ${classes.length} classes; a binary task has two`,
		];
	return [];
}

function faultsOfSplit(subject: Subject): string[] {
	const split = splitRows(subject);
	const parts = { training: split.training, "held-out": split.heldOut };
	const faults = Object.entries(parts).flatMap(([name, rows]) => {
		if (rows.length < FEWEST_ROWS)
			return [
				`the ${name} part would have ${rows.length} rows; at least ${FEWEST_ROWS} are needed`,
			];
		if (subject.contract.task === "regression") return [];
		const counts = (subject.classes.length ? subject.classes : [0, 1]).map(
			(_, at) => rows.filter((row) => subject.truth[row] === at).length,
		);
		const fewest = Math.min(...counts);
		return fewest < FEWEST_PER_CLASS
			? [
					`the ${name} part would have ${fewest} rows of one class; at least ${FEWEST_PER_CLASS} are needed`,
				]
			: [];
	});
	return faults.length ? faults : faultsOfUnits(subject, split.heldOut);
}

/** No interval holds what it says on fewer. */
function faultsOfUnits(
	{ contract, truth, groups }: Subject,
	heldOut: readonly number[],
): string[] {
	const { metric } = contract.primary;
	const units = unitsOf(metric, {
		truth: heldOut.map((row) => truth[row] as number),
		groups: heldOut.map((row) => groups[row] as string),
	});
	return units < FEWEST_UNITS
		? [
				`an interval of ${metric} would rest on ${units} independent values of "${contract.split.group}"; at least ${FEWEST_UNITS} are needed`,
			]
		: [];
}
