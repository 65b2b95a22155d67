// The approved design as a file of the repository, with who decided what. Like
// the model card it names no time, cost or commit id: the same work makes the
// same file.
import { dump } from "js-yaml";
import type { Design } from "../reports/designs.ts";
import type { Reports } from "../reports/reports.ts";
import { approachInForce, designInForce } from "../run/choice.ts";
import type { Run } from "../run/run.ts";
import { clean, cleanLine } from "./clean.ts";
import { codeSpan, fence } from "./code.ts";
import { count, measure } from "./numbers.ts";
import { specification } from "./phases/approaches.ts";
import { profileSummary } from "./phases/data-profile.ts";
import { decidedBy } from "./phases/evaluation-plan.ts";
import { bullets } from "./phases/key-files.ts";
import { rulingTable } from "./rulings.ts";
import { decisionTable } from "./standing.ts";
import { table } from "./table.ts";

export interface ApprovedDesign {
	readonly run: Run;
	readonly before: Pick<
		Reports,
		| "requirements"
		| "data"
		| "risks"
		| "architecture"
		| "pipeline"
		| "evaluationPlan"
	>;
}

export const designDocumentPath = (issue: number) =>
	`docs/ml/issue-${issue}-design.md`;

/** `2026-11-21` of an ISO time. */
export const day = (at: string) => at.slice(0, 10);

type Section = readonly [
	title: string,
	write: (design: ApprovedDesign) => string,
];

const SECTIONS: readonly Section[] = [
	["Requirements", requirements],
	["Data architecture", data],
	["Risks", risks],
	["Approaches", approaches],
	["Training pipeline", pipeline],
	["Evaluation", evaluation],
	["Approval", approval],
	["Decision log", decisions],
];

export function designDocument(design: ApprovedDesign) {
	const { issue } = design.run;
	const sections = SECTIONS.map(
		([title, write], index) =>
			`## ${index + 1}. ${title}\n\n${write(design) || "None."}`,
	);
	const content = `${[
		`# Design: ${cleanLine(issue.title)}`,
		`Approved for issue ${issue.number} before any of its code was written. Made by Modelwright.`,
		...sections,
	].join("\n\n")}\n`;
	// A commit with what looks like a secret is refused; a document is not worth that.
	return { path: designDocumentPath(issue.number), content };
}

const paragraphs = (...parts: readonly string[]) =>
	parts.filter(Boolean).join("\n\n");

function requirements({ before }: ApprovedDesign): string {
	const { analysis, userAnswers } = before.requirements;
	return paragraphs(
		`**${analysis.problem_type}.** ${clean(analysis.summary)}`,
		table(
			["asked", "answer", "from"],
			analysis.answers.map(({ topic, answer, source }) => [
				topic,
				cleanLine(answer),
				source,
			]),
		),
		bullets(userAnswers.map(({ by, text }) => `${codeSpan(by)}: ${text}`)),
	);
}

function data({ before: { data } }: ApprovedDesign): string {
	return paragraphs(
		profileSummary(data.profiles),
		...data.explorations.map(({ exploration }) => clean(exploration.summary)),
		bullets(
			data.explorations.flatMap(({ exploration }) =>
				exploration.findings.map(
					({ topic, text, evidence: { path, line } }) =>
						`${topic}: ${text} (${codeSpan(`${path}:${line}`)})`,
				),
			),
		),
	);
}

function risks({ run, before }: ApprovedDesign): string {
	const { risks } = before.risks;
	const addressed =
		designInForce(run, before.architecture)?.risks_addressed ?? [];
	return paragraphs(
		table(
			["#", "risk", "class", "severity", "what the design must do", "does it"],
			risks.map((risk) => [
				risk.id,
				cleanLine(risk.title),
				risk.class,
				risk.severity,
				cleanLine(risk.designDemand),
				addressed.includes(risk.id) ? "yes" : "not claimed",
			]),
		),
		rulingTable(run, risks, day),
	);
}

function approaches({ run, before: { architecture } }: ApprovedDesign): string {
	const { designs, recommended, reasons } = architecture;
	const chosen = approachInForce(run, architecture);
	const design = designInForce(run, architecture);
	return paragraphs(
		`**Chosen: ${chosen}.** ${chosen === recommended ? "It is the one recommended:" : `Recommended was ${recommended}:`} ${reasons.map(cleanLine).join(" ")}`,
		table(
			["", ...designs.map(({ approach }) => approach)],
			[
				["model", ...designs.map(({ name }) => cleanLine(name))],
				["expected metric", ...designs.map(expected)],
				["training", ...designs.map(needs)],
				["lines of code", ...designs.map((d) => count(d.lines_of_code))],
				["interpretability", ...designs.map((d) => d.interpretability)],
				["leak safety", ...designs.map((d) => cleanLine(d.leak_safety))],
			],
		),
		design ? inFull(design) : "",
	);
}

const expected = ({ expected_metric: { low, high } }: Design) =>
	`${measure(low)} to ${measure(high)}`;

const needs = ({ resources }: Design) =>
	`${count(resources.training_minutes)} min, ${count(resources.memory_mb)} MB${resources.gpu ? ", GPU" : ""}`;

const inFull = (design: Design) =>
	paragraphs(
		`### ${cleanLine(design.name)}`,
		clean(design.summary),
		clean(design.architecture),
		bullets([
			...specification(design),
			`Inference: ${design.inference}`,
			`Counters: ${design.risks_addressed.join(", ") || "none"}`,
		]),
	);

function pipeline({ before }: ApprovedDesign): string {
	const { pipeline } = before.pipeline;
	return paragraphs(
		clean(pipeline.summary),
		clean(pipeline.structure),
		bullets([
			`Tracking: ${pipeline.experiment_tracking}`,
			`Data loading: ${pipeline.data_loading}`,
			`Distribution: ${pipeline.distribution}`,
			`Checkpoints: ${pipeline.checkpointing}`,
			`Resources: ${pipeline.resources}`,
			`Orchestration: ${pipeline.orchestration}`,
			`Reproducibility: ${pipeline.reproducibility}`,
		]),
		table(
			["hyper-parameter", "value"],
			pipeline.hyperparameters.map(({ name, value }) => [
				cleanLine(name),
				cleanLine(value),
			]),
		),
	);
}

function evaluation({ before }: ApprovedDesign): string {
	const { plan } = before.evaluationPlan;
	return paragraphs(
		clean(plan.summary),
		`Decided by: ${decidedBy(plan.contract)}.`,
		bullets([
			`Validation while developing: ${plan.validation}`,
			`Significance: ${plan.significance}`,
			...plan.baselines.map((baseline) => `Compared with: ${baseline}`),
			...plan.monitoring.map((line) => `Monitor: ${line}`),
			`A/B test: ${plan.ab_test}`,
		]),
		"The contract that code judges by:",
		fence(dump(plan.contract), "yaml"),
	);
}

function approval({ run: { approval } }: ApprovedDesign): string {
	if (!approval) return "Not approved.";
	const { by, at, digest } = approval;
	return `Approved by ${codeSpan(by)} on ${day(at)}, digest ${codeSpan(digest)}.`;
}

function decisions({ run }: ApprovedDesign): string {
	return decisionTable(run.decisions, day);
}
