// Phase 6: how success is decided, and what approving it means.
import { dump } from "js-yaml";
import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import type { Reports } from "../../reports/reports.ts";
import { approachInForce, designInForce } from "../../run/choice.ts";
import type { Run } from "../../run/run.ts";
import { changeList } from "../changes.ts";
import { clean, cleanLine } from "../clean.ts";
import { codeSpan, fence } from "../code.ts";
import { basisLine, costRange } from "../ledger.ts";
import {
	count,
	measure,
	metricTitle,
	percent,
	plural,
	usd,
} from "../numbers.ts";
import type { PhaseView } from "../phase-view.ts";
import { table } from "../table.ts";
import type { About } from "./about.ts";
import { bullets } from "./key-files.ts";

type Report = Reports["evaluationPlan"];

export function evaluationPlanView(report: Report, about: About): PhaseView {
	const { plan, faults, dataDigest } = report;
	const { contract } = plan;
	const broken = faults.length
		? `**This contract cannot be judged on the data as it stands:**\n${bullets(faults)}`
		: "";
	return {
		summary: [
			about.run.config.preview ? PREVIEW : "",
			changeList(about.run.changes),
			broken,
			table(["", ""], decisionRows(report, about)),
		]
			.filter(Boolean)
			.join("\n\n"),
		details: [
			{ title: "Strategy", markdown: strategy(report) },
			{
				title: "The evaluation contract",
				markdown: fence(dump(contract), "yaml"),
			},
			{ title: "In production", markdown: production(report) },
		],
		facts: {
			metric: contract.primary.metric,
			...(dataDigest ? { dataDigest } : {}),
		},
	};
}

/** Where the labels come from, and who may have seen those that judge. */
export const labelsLine = ({
	labels,
	reported,
}: EvaluationContract): string => {
	if (reported)
		return "read by the repository's own script; nobody withholds them from its code or its authors";
	return labels === "operator"
		? "given by the operator of this server and never in the repository: blind for its authors, its code and my agents"
		: "in the repository, so not blind for its authors; my agents see the training rows alone from phase 7 on";
};

const PREVIEW =
	"**This is a preview:** the run ends here, with a design and without code.";

function decisionRows(report: Report, { run, before }: About): string[][] {
	const { contract } = report.plan;
	const chosen = approachInForce(run, before.architecture);
	const design = designInForce(run, before.architecture);
	const { forecast } = report;
	return [
		["Model", design ? `${cleanLine(design.name)} (${chosen})` : chosen],
		["Decided by", decidedBy(contract)],
		["Can detect", canDetect(report)],
		["Labels", labelsLine(contract)],
		[
			"Critical risks",
			criticalRisks(run, before, design?.risks_addressed ?? []),
		],
		[
			"Will take about",
			`${Math.round(forecast.minutes)} min · ${costRange(forecast)} · ${plural(forecast.pullRequests, "pull request")}`,
		],
		...costRows(forecast),
		[
			"Bound to",
			`base ${codeSpan(run.base.sha.slice(0, 7))}, the issue's text, the contract below${boundTo(report)}`,
		],
	];
}

function boundTo({ dataDigest, pins }: Report): string {
	const known = {
		data: dataDigest,
		labels: pins?.labels,
		script: pins?.script,
	};
	return Object.entries(known)
		.map(([what, digest]) =>
			digest ? `, ${what} ${codeSpan(digest.slice(0, 8))}` : "",
		)
		.join("");
}

function costRows({ basis, usdHigh, leftUsd }: Report["forecast"]): string[][] {
	const short = leftUsd !== undefined && usdHigh > leftUsd;
	return [
		...(basis ? [["Cost", basisLine(basis)]] : []),
		...(short
			? [
					[
						"Budget",
						`**${usd(leftUsd)} is left, which may not do**; ${codeSpan("/budget <usd>")} sets another`,
					],
				]
			: []),
	];
}

export function decidedBy(contract: EvaluationContract): string {
	if (contract.reported) return decidedByReport(contract, contract.reported);
	const { primary, split, seeds, alpha, test = "paired bootstrap" } = contract;
	const column = codeSpan(split.group);
	const units = {
		group: `the values of ${column}`,
		time: `${column}, the latest`,
	};
	const unit = split.kind in units ? units[split.kind as "time"] : "rows";
	const held = `${percent(split.held_out)} of ${unit}, held by me, scored once`;
	const least = primary.minimum_delta
		? `by at least ${measure(primary.minimum_delta)}`
		: "at all";
	const beaten = `the ${primary.against ?? "existing"} baseline`;
	const surely =
		primary.threshold === undefined
			? ""
			: ` and surely ${measure(primary.threshold)} or better`;
	return `${metricTitle(primary.metric)} on ${held} · better than ${beaten} ${least}${surely}, ${test}, α ${alpha}, ${plural(seeds.length, "seed")}`;
}

/** No figure of ours: whose word is taken stands first. */
function decidedByReport(
	{ primary, seeds }: EvaluationContract,
	{
		script,
		metric,
		higher_is_better,
	}: NonNullable<EvaluationContract["reported"]>,
): string {
	const { threshold, against, minimum_delta } = primary;
	const wanted = [
		...(against
			? []
			: [
					`better than the existing baseline by at least ${measure(minimum_delta)}, by every seed`,
				]),
		...(threshold === undefined ? [] : [`${measure(threshold)} or better`]),
	];
	return `**reported by the repository's own ${codeSpan(script)}**, pinned by its digest: ${cleanLine(metric)} (${higher_is_better ? "higher" : "lower"} is better) · ${wanted.join(" and ")}, ${plural(seeds.length, "seed")}`;
}

function canDetect({ minimumDetectableEffect, heldOutRows }: Report): string {
	const rows = heldOutRows ? ` (${count(heldOutRows)} held-out rows)` : "";
	return minimumDetectableEffect === undefined
		? `not known before the first run${rows}`
		: `a difference of ${measure(minimumDetectableEffect)} or more with this much data${rows}`;
}

function criticalRisks(
	run: Run,
	before: About["before"],
	addressed: readonly string[],
): string {
	const critical = before.risks.risks.filter((r) => r.severity === "critical");
	if (critical.length === 0) return "none";
	return critical
		.map((risk) => {
			if (addressed.includes(risk.id))
				return `${risk.id} mitigated (${cleanLine(risk.designDemand)})`;
			const ruling = run.rulings.find((known) => known.risk === risk.id);
			return ruling?.ruling === "accept"
				? `${risk.id} accepted by ${codeSpan(ruling.by)}: ${cleanLine(risk.title)}`
				: `**${risk.id} not mitigated**, to be accepted by name: ${cleanLine(risk.title)}`;
		})
		.join("; ");
}

const strategy = ({ plan }: Report) =>
	[
		clean(plan.summary),
		bullets([
			`Validation while developing: ${plan.validation}`,
			`Significance: ${plan.significance}`,
			...plan.baselines.map((baseline) => `Compared with: ${baseline}`),
			...plan.contract.secondary.map(
				(metric) => `Also reported: ${metricTitle(metric)}`,
			),
		]),
	].join("\n\n");

const production = ({ plan }: Report) =>
	bullets([
		...plan.monitoring.map((line) => `Monitor: ${line}`),
		`A/B test: ${plan.ab_test}`,
	]);
