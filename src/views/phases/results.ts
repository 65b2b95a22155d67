// Phase 11: the verdict, computed by code; no number here comes from a model.
import type { Reports } from "../../reports/reports.ts";
import type { EvaluationResult } from "../../reports/results.ts";
import { clean, cleanLine } from "../clean.ts";
import { codeSpan } from "../code.ts";
import { pullLink } from "../links.ts";
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
import { ranOn } from "../ran-on.ts";
import { table } from "../table.ts";
import { testLine } from "../tests.ts";
import type { About } from "./about.ts";
import { safeLabel } from "./flow-sketch.ts";
import { bullets } from "./key-files.ts";

type Report = Reports["results"];

export function resultsView(report: Report, _: About): PhaseView {
	const { result, interpretation } = report;
	return {
		summary: [
			verdictLine(result),
			systemsChart(result),
			checksLine(result),
			whatWasRun(report),
			...repairs(report),
			clean(interpretation.summary),
		]
			.filter(Boolean)
			.join("\n\n"),
		details: [
			{
				title: "All numbers",
				markdown: [
					baselines(result),
					numbersInFull(result),
					...learningCurves(result),
				]
					.filter(Boolean)
					.join("\n\n"),
			},
			{ title: "Sanity checks", markdown: checks(result) },
			...(report.rounds.length
				? [{ title: "Repairs, round by round", markdown: roundsInFull(report) }]
				: []),
			{
				title: "Caveats and provenance",
				markdown: [
					bullets(interpretation.caveats),
					provenance(result),
					scoredOften(report),
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
			rounds: report.rounds.length,
			scored: report.scorings.length,
		},
	};
}

/** Unit tests, integration, evaluation: what ran, and what did not. */
function whatWasRun({ tests, integration, result, scorings }: Report): string {
	const evaluated =
		result.value === undefined
			? "**not judged**"
			: `judged on ${count(result.heldOutRows)} held-out rows`;
	const times = scorings.length
		? `; held-out part scored ${plural(scorings.length, "time")} in this run`
		: "";
	return [
		`- Unit tests: ${testLine(tests)}`,
		`- Integration, from table to predictions: ${integration.status === "failed" ? "**failed**" : integration.status}, ${cleanLine(integration.reason)}`,
		`- Offline evaluation: ${evaluated}${times}`,
	].join("\n");
}

function repairs({ rounds, repair, failing }: Report): string[] {
	return [
		...(repair
			? [
					`**Repaired** in ${plural(rounds.length, "round")}, one commit each, in ${pullLink(repair.pull)}; everything was run again after each.`,
				]
			: []),
		...(failing.length > 0
			? [`**Still failing:**\n\n${bullets(failing)}`]
			: []),
	];
}

const roundsInFull = ({ rounds }: Report): string =>
	table(
		["round", "what had failed", "what was done", "tests after it"],
		rounds.map(({ round, failures, title, commit, changed, tests }) => [
			String(round),
			failures.map((failure) => cleanLine(failure)).join("; "),
			`${cleanLine(title)} (${codeSpan(commit.slice(0, 7))}${changed ? "" : ", no line changed"})`,
			testLine(tests),
		]),
	);

/** Each look at the held-out rows makes the next one worth a little less. */
const scoredOften = ({ scorings }: Report): string =>
	scorings.length > 1
		? `The held-out part was scored ${scorings.length} times in this run, at ${scorings.map(({ head }) => codeSpan(head.slice(0, 7))).join(", ")}: the last value is slightly flattered if earlier ones changed what was built.`
		: "";

/** The model among all it was compared with. */
export const baselines = ({ metric, systems }: EvaluationResult): string =>
	table(
		["compared on the same held-out rows", metricTitle(metric), "interval"],
		systems.map((one) => [
			cleanLine(one.name),
			measure(one.value),
			one.interval ? interval(one.interval) : "",
		]),
	);

/** "**PASS** · PR-AUC **0.412** [0.371, 0.452] vs baseline 0.338 · difference …" */
export function verdictLine(result: EvaluationResult): string {
	const { verdict, metric, value, baseline, difference } = result;
	const marked = `**${verdict}${result.trust ? " as reported" : ""}**`;
	if (value === undefined) return `${marked} · ${cleanLine(result.reason)}`;
	const range = result.interval ? ` ${interval(result.interval)}` : "";
	const against =
		baseline === undefined
			? ""
			: ` vs ${rivalTitle(result.against)} ${measure(baseline)}`;
	const parts = [
		marked,
		`${metricTitle(metric)} **${measure(value)}**${range}${against}`,
	];
	if (difference !== undefined) {
		const spread = result.differenceInterval
			? ` ${interval(result.differenceInterval)}`
			: "";
		const p = result.pValue === undefined ? "" : `, ${pValue(result.pValue)}`;
		const seeds = plural(result.perSeed.length, "seed");
		parts.push(
			`difference ${measure(difference)}${spread}${p} (${result.trust ? "by the repository's own script" : (result.test ?? "paired bootstrap")}, ${seeds})`,
		);
	}
	return `${parts.join(" · ")}\n${cleanLine(result.reason)}`;
}

/** "baseline" alone is the repository's own. */
export const rivalTitle = (against: EvaluationResult["against"]) =>
	against && against !== "existing model" ? `${against} baseline` : "baseline";

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

/** As training itself logged them; on which rows, its code knows. */
const learningCurves = ({ curves = [] }: EvaluationResult): string[] =>
	curves.map(({ name, points }) =>
		[
			"```mermaid",
			"xychart-beta",
			`  title "${safeLabel(name)} as logged in training, first seed"`,
			`  x-axis [${points.map(([step]) => `"${Number(step.toPrecision(6))}"`).join(", ")}]`,
			`  line [${points.map(([, value]) => Number(value.toPrecision(4))).join(", ")}]`,
			"```",
		].join("\n"),
	);

const MARKS = { passed: "✓", failed: "✗", "not applicable": "–" } as const;

const checksLine = (result: EvaluationResult): string =>
	[
		...result.checks.map(
			({ name, status }) => `${cleanLine(name)} ${MARKS[status]}`,
		),
		...worstSlice(result),
	].join(" · ");

/** Metrics that count errors: the largest is the worst. */
const ERRORS: readonly string[] = [
	"log_loss",
	"brier",
	"mae",
	"rmse",
	"smape",
	"mase",
	"pinball",
];

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
			["also measured", "this model", "baseline", "difference (Holm)"],
			secondary.map((row) => [
				metricTitle(row.metric),
				measure(row.value),
				measure(row.baseline),
				row.pValue === undefined ? "" : pValue(row.pValue),
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
	`${count(result.heldOutRows)} rows held out, ${count(result.trainingRows)} trained on; data sha256 ${codeSpan(result.dataDigest)}; ran on ${ranOn(result)} for ${duration(result.seconds)}.${trackedRuns(result)}`;

const trackedRuns = ({ tracked = [] }: EvaluationResult): string =>
	tracked.length
		? ` Its runs in the repository's tracking: ${tracked.map(codeSpan).join(", ")}.`
		: "";
