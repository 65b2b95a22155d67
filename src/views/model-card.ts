// The model card: one section per part of the REFORMS checklist (Kapoor et al.,
// Science Advances 2024), in its order. What no report knows is said to be unknown.
import type { Reports } from "../reports/reports.ts";
import type { Risk } from "../reports/risks.ts";
import { stackOf } from "../reports/stack.ts";
import { designInForce } from "../run/choice.ts";
import type { Run } from "../run/run.ts";
import { waivedFindings } from "../run/waived.ts";
import { clean, cleanLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { day } from "./design-document.ts";
import { ignoredRules } from "./ignored-rules.ts";
import { metricsPath } from "./metrics-file.ts";
import { plural } from "./numbers.ts";
import { specification } from "./phases/approaches.ts";
import { profileSummary } from "./phases/data-profile.ts";
import { decidedBy, labelsLine } from "./phases/evaluation-plan.ts";
import { bullets } from "./phases/key-files.ts";
import { baselines, numbersInFull, verdictLine } from "./phases/results.ts";
import { ranOn } from "./ran-on.ts";
import { rulingTable } from "./rulings.ts";
import { decisionTable } from "./standing.ts";
import { table } from "./table.ts";

export interface ModelCard {
	readonly run: Run;
	readonly before: Partial<Reports>;
}

type Section = readonly [title: string, write: (card: ModelCard) => string];

const SECTIONS: readonly Section[] = [
	["Study goals", goals],
	["Computational reproducibility", reproducibility],
	["Data quality", dataQuality],
	["Data preprocessing", preprocessing],
	["Modelling", modelling],
	["Data leakage", leakage],
	["Metrics and uncertainty", metrics],
	["Generalizability and limitations", limitations],
	["Decisions", decisions],
];

const UNKNOWN = "Not known.";

/**
 * Holds what is true of the model, not of the run: no hour, cost, address or
 * commit id, so that the same work makes the same file.
 */
export function renderModelCard(card: ModelCard): string {
	const { run } = card;
	const sections = SECTIONS.map(
		([title, write], index) =>
			`## ${index + 1}. ${title}\n\n${write(card) || UNKNOWN}`,
	);
	const markdown = [
		`# Model card: ${cleanLine(run.issue.title)}`,
		`Made by Modelwright for issue ${run.issue.number}, where times and costs stand. Sections follow the REFORMS checklist.`,
		...sections,
	].join("\n\n");
	// A commit with what looks like a secret is refused; a card is not worth that.
	return `${markdown}\n`;
}

function goals({ before: { requirements } }: ModelCard): string {
	if (!requirements) return "";
	const { analysis } = requirements;
	return [
		clean(analysis.summary),
		bullets([
			`Problem: ${analysis.problem_type}`,
			...analysis.answers.map(
				({ topic, answer, source }) => `${topic}: ${answer} (${source})`,
			),
		]),
	].join("\n\n");
}

function reproducibility({ run, before }: ModelCard): string {
	const { results, evaluationPlan, pipeline } = before;
	const pulls = stackOf(before).map(({ pull }) => pull.number);
	const lines = [
		`- Built on: ${codeSpan(run.base.branch)}`,
		...(pulls.length ? [`- Pull requests: ${pulls.join(", ")}`] : []),
		...(results
			? [
					`- Data: sha256 ${codeSpan(results.result.dataDigest)}`,
					`- Ran on: ${ranOn(results.result)}`,
				]
			: []),
		...(evaluationPlan
			? [`- Training seeds: ${evaluationPlan.plan.contract.seeds.join(", ")}`]
			: []),
		...(pipeline ? [`- ${cleanLine(pipeline.pipeline.reproducibility)}`] : []),
	];
	return lines.join("\n");
}

function dataQuality({ before: { data } }: ModelCard): string {
	if (!data) return "";
	return profileSummary(data.profiles) || "No table could be read.";
}

function preprocessing({ run, before }: ModelCard): string {
	const { data, architecture } = before;
	const found = (data?.explorations ?? [])
		.flatMap(({ exploration }) => exploration.findings)
		.filter(({ topic }) => topic !== "data source")
		.map(({ topic, text }) => `${topic}: ${text}`);
	const fitted = architecture && designInForce(run, architecture)?.leak_safety;
	return bullets([...found, ...(fitted ? [`fitted where: ${fitted}`] : [])]);
}

function modelling({ run, before }: ModelCard): string {
	const { architecture, pipeline } = before;
	const design = architecture && designInForce(run, architecture);
	if (!architecture || !design) return "";
	const others = architecture.designs.filter((other) => other !== design);
	return [
		`**${cleanLine(design.name)}** (${design.approach}). ${clean(design.summary)}`,
		bullets([
			...specification(design),
			...others.map(({ approach, name }) => `Not taken: ${name} (${approach})`),
		]),
		table(
			["hyper-parameter", "value"],
			(pipeline?.pipeline.hyperparameters ?? []).map(({ name, value }) => [
				cleanLine(name),
				cleanLine(value),
			]),
		),
	]
		.filter(Boolean)
		.join("\n\n");
}

const placeOf = ({ path, line }: Risk) =>
	path ? ` (${codeSpan(line ? `${path}:${line}` : path)})` : "";

function leakage({
	before: { risks, results, evaluationPlan },
}: ModelCard): string {
	const leaks = (risks?.risks ?? []).filter((r) => r.class === "data leakage");
	const rows = leaks.map((risk) => [
		risk.id,
		`${cleanLine(risk.title)}${placeOf(risk)}`,
		cleanLine(risk.mitigation),
	]);
	const checks = (results?.result.checks ?? []).map(
		({ name, status, detail }) => `${name}: ${status}. ${detail}`,
	);
	return [
		...(results && evaluationPlan
			? [`Labels: ${labelsLine(evaluationPlan.plan.contract)}.`]
			: []),
		table(["#", "risk", "countered by"], rows),
		bullets(checks),
	]
		.filter(Boolean)
		.join("\n\n");
}

function metrics({
	run,
	before: { evaluationPlan, results },
}: ModelCard): string {
	return [
		evaluationPlan
			? `Decided beforehand: ${decidedBy(evaluationPlan.plan.contract)}.`
			: "",
		results ? verdictLine(results.result) : "",
		results ? baselines(results.result) : "",
		results ? numbersInFull(results.result) : "",
		results && results.scorings.length > 1
			? `The held-out rows were scored ${results.scorings.length} times before this value stood.`
			: "",
		results && results.rounds.length > 0
			? `Technical failures were mended in ${plural(results.rounds.length, "round")} before it.`
			: "",
		results
			? `All figures, for programs: ${codeSpan(metricsPath(run.issue.number))}.`
			: "",
	]
		.filter(Boolean)
		.join("\n\n");
}

function limitations({ before: { results, risks, data } }: ModelCard): string {
	const open = (risks?.risks ?? [])
		.filter(({ class: kind }) => kind !== "data leakage")
		.map(({ id, title, mitigation }) => `${id} ${title}: ${mitigation}`);
	const unknowns = (data?.explorations ?? []).flatMap(
		({ exploration }) => exploration.unknowns,
	);
	return bullets([
		...(results?.interpretation.caveats ?? []),
		...open,
		...unknowns,
	]);
}

function decisions({ run, before }: ModelCard): string {
	const { review, risks } = before;
	const fixed = review?.fixed.length
		? `Findings fixed: ${review.fixed.join(", ")}.`
		: "";
	return [
		decisionTable(run.decisions, day),
		rulingTable(run, risks?.risks ?? [], day),
		fixed,
		waived(run, review),
		review ? ignoredRules(review) : "",
	]
		.filter(Boolean)
		.join("\n\n");
}

/** What a review found and people left as it is. */
function waived(run: Run, review: Reports["review"] | undefined): string {
	const left = review ? waivedFindings(run, review) : [];
	if (left.length === 0) return "";
	const list = left.map(({ finding: { id, title }, by, reason }) =>
		[
			`${id}: ${title}`,
			by ? ` (${codeSpan(by)}${reason ? `: ${reason}` : ""})` : "",
		].join(""),
	);
	return `Findings waived:\n\n${bullets(list)}`;
}
