// Phase 11: the verdict, computed by code; no number here comes from a model.
import type { Reports } from "../../reports/reports.ts";
import type { EvaluationResult } from "../../reports/results.ts";
import { clean, cleanLine } from "../clean.ts";
import { codeSpan } from "../code.ts";
import {
	count,
	duration,
	interval,
	measure,
	metricTitle,
	plural,
	pValue,
} from "../numbers.ts";
import type { PhaseView } from "../phase-view.ts";
import { table } from "../table.ts";
import { testLine } from "../tests.ts";
import type { About } from "./about.ts";
import { safeLabel } from "./flow-sketch.ts";
import { bullets } from "./key-files.ts";

type Report = Reports["results"];

export function resultsView(report: Report, _: About): PhaseView {
	const { result, tests, interpretation, acceptedBy } = report;
	return {
		summary: [
			verdictLine(result),
			systemsChart(result),
			checksLine(result),
			clean(interpretation.summary),
			...(acceptedBy ? [`Accepted as it is by ${codeSpan(acceptedBy)}.`] : []),
		]
			.filter(Boolean)
			.join("\n\n"),
		details: [
			{ title: "All numbers", markdown: numbersInFull(result) },
			{ title: "Sanity checks", markdown: checks(result) },
			{
				title: "Caveats and provenance",
				markdown: [
					bullets(interpretation.caveats),
					provenance(result),
					`Tests: ${testLine(tests)}.`,
				]
					.filter(Boolean)
					.join("\n\n"),
			},
		],
		facts: {
			verdict: result.verdict,
			metric: result.metric,
			value: result.value,
			interval: result.interval,
			baseline: result.baseline,
		},
	};
}

/** "**PASS** · PR-AUC **0.412** [0.371, 0.452] vs baseline 0.338 · difference …" */
export function verdictLine(result: EvaluationResult): string {
	const { verdict, metric, value, baseline, difference } = result;
	if (value === undefined)
		return `**${verdict}** · ${cleanLine(result.reason)}`;
	const range = result.interval ? ` ${interval(result.interval)}` : "";
	const against =
		baseline === undefined ? "" : ` vs baseline ${measure(baseline)}`;
	const parts = [
		`**${verdict}**`,
		`${metricTitle(metric)} **${measure(value)}**${range}${against}`,
	];
	if (difference !== undefined) {
		const spread = result.differenceInterval
			? ` ${interval(result.differenceInterval)}`
			: "";
		const p = result.pValue === undefined ? "" : `, ${pValue(result.pValue)}`;
		const seeds = plural(result.perSeed.length, "seed");
		parts.push(
			`difference ${measure(difference)}${spread}${p} (paired bootstrap, ${seeds})`,
		);
	}
	return `${parts.join(" · ")}\n${cleanLine(result.reason)}`;
}

function systemsChart({ metric, systems }: EvaluationResult): string {
	const shown = systems.filter(({ value }) => Number.isFinite(value));
	if (shown.length === 0) return "";
	return [
		"```mermaid",
		"xychart-beta",
		`  title "${safeLabel(metricTitle(metric))} on held-out rows"`,
		`  x-axis [${shown.map(({ name }) => `"${safeLabel(name)}"`).join(", ")}]`,
		`  bar [${shown.map(({ value }) => Number(value.toPrecision(4))).join(", ")}]`,
		"```",
	].join("\n");
}

const MARKS = { passed: "✓", failed: "✗", "not applicable": "–" } as const;

const checksLine = (result: EvaluationResult): string =>
	[
		...result.checks.map(
			({ name, status }) => `${cleanLine(name)} ${MARKS[status]}`,
		),
		...worstSlice(result),
	].join(" · ");

/** Metrics that count errors: the largest is the worst. */
const ERRORS: readonly string[] = ["log_loss", "brier", "mae", "rmse"];

function worstSlice({ metric, slices: all }: EvaluationResult): string[] {
	const sign = ERRORS.includes(metric) ? -1 : 1;
	const [worst] = [...all].sort((a, b) => sign * (a.metric - b.metric));
	if (!worst) return [];
	const value = cleanLine(worst.value) || "empty";
	return [
		`worst slice: ${codeSpan(worst.column)} = ${value} ${measure(worst.metric)}`,
	];
}

const checks = (result: EvaluationResult): string =>
	table(
		["check", "", "detail"],
		result.checks.map(({ name, status, detail }) => [
			cleanLine(name),
			status === "failed" ? "**failed**" : status,
			cleanLine(detail),
		]),
	) || "None were run.";

/** Every seed, metric and slice, as far as there are any. */
export function numbersInFull(result: EvaluationResult): string {
	const { metric, perSeed, secondary } = result;
	const title = metricTitle(metric);
	return [
		table(
			["seed", title],
			perSeed.map(({ seed, value }) => [String(seed), measure(value)]),
		),
		table(
			["also measured", "this model", "baseline"],
			secondary.map((row) => [
				metricTitle(row.metric),
				measure(row.value),
				measure(row.baseline),
			]),
		),
		slices(result),
	]
		.filter(Boolean)
		.join("\n\n");
}

const slices = (result: EvaluationResult): string =>
	table(
		["slice", "rows", metricTitle(result.metric)],
		result.slices.map(({ column, value, rows, metric }) => [
			`${codeSpan(column)} = ${cleanLine(value) || "empty"}`,
			count(rows),
			measure(metric),
		]),
	);

const provenance = (result: EvaluationResult): string =>
	`${count(result.heldOutRows)} rows held out, ${count(result.trainingRows)} trained on; data sha256 ${codeSpan(result.dataDigest)}; ran on ${cleanLine(result.runner)} for ${duration(result.seconds)}.`;
