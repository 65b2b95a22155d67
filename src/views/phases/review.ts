// Phase 10: what reviewers and rules found.
import type { Finding } from "../../reports/findings.ts";
import type { Reports } from "../../reports/reports.ts";
import { SEVERITIES, type Severity } from "../../reports/workflow.ts";
import { dismissalOf, isOpen, resolutionOf } from "../../run/open-findings.ts";
import { clean, cleanLine } from "../clean.ts";
import { codeSpan, fence } from "../code.ts";
import { DOUBTED, dismissedBy } from "../findings.ts";
import { ignoredRules } from "../ignored-rules.ts";
import { fileUrl, pullLink } from "../links.ts";
import { plural } from "../numbers.ts";
import type { PhaseView } from "../phase-view.ts";
import { severityText } from "../severity.ts";
import { table } from "../table.ts";
import { testLine } from "../tests.ts";
import type { About } from "./about.ts";

type Report = Reports["review"];

export function reviewView(report: Report, about: About): PhaseView {
	const { findings, summaries, fixed } = report;
	const lead = findings.length
		? `**${plural(findings.length, "finding")}** at confidence 80 or more, as annotations in the pull requests, gravest first:`
		: "**Nothing to fix** at confidence 80 or more.";
	return {
		summary: [
			outcome(report),
			waived(report, about),
			resolved(report),
			settled(report, about),
			lead,
			...SEVERITIES.map((severity) => group(severity, report, about)),
			left(report),
			ignoredRules(report),
		]
			.filter(Boolean)
			.join("\n\n"),
		details: [
			...findings.map((finding) => ({
				title: `${finding.id}: ${cleanLine(finding.title)}`,
				markdown: inFull(finding),
			})),
			...summaries.map(({ focus, summary }) => ({
				title: `Verdict on ${focus}`,
				markdown: clean(summary),
			})),
		],
		facts: {
			findings: findings.map(({ id, rule, severity, fingerprint }) => ({
				id,
				rule,
				severity,
				fingerprint,
			})),
			fixed,
			...(report.decidedBy ? { waived: waivedIds(report, about) } : {}),
		},
	};
}

/** What became of the findings so far, and of what somebody asked for besides. */
function outcome({ fix, fixed, decidedBy, remarks }: Report): string {
	if (!fix) return "";
	const asked = remarks.map(
		({ by, text }) => `**Mended as ${codeSpan(by)} asked:** ${cleanLine(text)}`,
	);
	const where = `${pullLink(fix.pull)}; ${testLine(fix.tests)}.`;
	if (!decidedBy) return [...asked, `In ${where}`].join("\n");
	return [
		...asked,
		fixed.length
			? `**Fixed:** ${fixed.join(", ")} in ${where}`
			: `**Nothing was fixed:** no file changed in ${where}`,
	].join("\n");
}

function waived(report: Report, about: About): string {
	const ids = waivedIds(report, about);
	if (!report.decidedBy || ids.length === 0) return "";
	return `**Left as they are:** ${ids.join(", ")}, as ${codeSpan(report.decidedBy)} decided.`;
}

/** What people made of findings by a word or a push. */
function settled({ findings }: Report, { run }: About): string {
	const lines = findings.flatMap((finding) => {
		const dismissal = dismissalOf(run, finding);
		if (dismissal) return `**${finding.id}** is ${dismissedBy(dismissal)}`;
		const resolution = resolutionOf(run, finding);
		return resolution
			? `**${finding.id}** is resolved: its lines are gone at ${codeSpan(resolution.head.slice(0, 7))}`
			: [];
	});
	return lines.map((line) => `- ${line}`).join("\n");
}

const waivedIds = ({ findings, fixed }: Report, { run }: About) =>
	findings
		.filter((one) => !fixed.includes(one.id) && isOpen(run, one))
		.map(({ id }) => id);

function group(severity: Severity, report: Report, about: About): string {
	const findings = report.findings.filter((f) => f.severity === severity);
	if (findings.length === 0) return "";
	const rows = findings.map((finding) => [
		report.fixed.includes(finding.id) ? `${finding.id} ✓` : finding.id,
		String(finding.confidence),
		finding.focus,
		`${place(finding, about)} ${cleanLine(finding.title)}`,
		cleanLine(finding.rule),
	]);
	return [
		`${severityText(severity)} (${findings.length})`,
		table(["#", "confidence", "focus", "where and what", "rule"], rows),
	].join("\n\n");
}

/** Links to the head of the pull request that shows the finding, where it is known. */
function place(finding: Finding, { run, before }: About): string {
	const { path, startLine, endLine, pull } = finding;
	const built = [before.model, before.training, before.integration];
	const head = built.find((report) => report.pull.number === pull)?.pull;
	const url = fileUrl(
		run,
		head?.headSha ?? run.base.sha,
		path,
		startLine,
		endLine,
	);
	return `[${codeSpan(`${path}:${startLine}`)}](${url})`;
}

function left({ dropped }: Report): string {
	const causes = [
		[dropped.lowConfidence, "below confidence 80"],
		[dropped.notFound, "whose quote stands nowhere, or twice, in the change"],
		[dropped.repeated, "said more than once"],
		[dropped.refuted ?? 0, "that a second reviewer refuted"],
	] as const;
	const named = causes.filter(([number]) => number > 0);
	if (named.length === 0) return "";
	const list = named.map(([number, cause]) => `${number} ${cause}`).join(", ");
	return `Left out: ${list}.`;
}

function resolved({ resolved: gone = [] }: Report): string {
	if (gone.length === 0) return "";
	const list = gone.map(({ id, title }) => `${id} (${cleanLine(title)})`);
	return `**Not found any more** since the review before this one: ${list.join(", ")}.`;
}

const inFull = ({
	details,
	suggestion,
	preexisting,
	rule,
	replacement,
	doubt,
}: Finding): string =>
	[
		clean(details),
		...(doubt ? [`${DOUBTED} ${cleanLine(doubt)}`] : []),
		...(preexisting ? ["These lines were there before this run."] : []),
		...(suggestion.trim() ? [proposal(rule, suggestion)] : []),
		...(replacement === undefined ? [] : [fence(replacement, "python")]),
	].join("\n\n");

/** A reviewer hands in code, a rule says in words what to do. */
const proposal = (rule: string, suggestion: string) =>
	rule === "reviewer"
		? `Suggestion:\n\n${fence(suggestion, "python")}`
		: `Suggestion: ${clean(suggestion)}`;
