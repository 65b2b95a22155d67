// Phase 10: what reviewers and rules found.
import type { Finding } from "../../reports/findings.ts";
import type { Reports } from "../../reports/reports.ts";
import { clean, cleanLine } from "../clean.ts";
import { codeSpan, fence } from "../code.ts";
import { fileUrl, pullLink } from "../links.ts";
import { plural } from "../numbers.ts";
import type { PhaseView } from "../phase-view.ts";
import { severityText } from "../severity.ts";
import { table } from "../table.ts";
import { testLine } from "../tests.ts";
import type { About } from "./about.ts";

type Report = Reports["review"];

export function reviewView(report: Report, about: About): PhaseView {
	const { findings, summaries, fix, fixed } = report;
	const lead = findings.length
		? `**${plural(findings.length, "finding")}** at confidence 80 or more, as annotations in the pull requests:`
		: "**Nothing to fix** at confidence 80 or more.";
	const repaired = fix
		? `${fixed.length ? `**Fixed:** ${fixed.join(", ")} in` : "**Nothing was fixed:** no file changed in"} ${pullLink(fix.pull)}; ${testLine(fix.tests)}.`
		: "";
	return {
		summary: [repaired, lead, findingsTable(report, about), left(report)]
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
		},
	};
}

function findingsTable({ findings, fixed }: Report, about: About): string {
	return table(
		["#", "severity · confidence", "focus", "where and what", "rule"],
		findings.map((finding) => [
			fixed.includes(finding.id) ? `${finding.id} ✓` : finding.id,
			`${severityText(finding.severity)} · ${finding.confidence}`,
			finding.focus,
			`${place(finding, about)} ${cleanLine(finding.title)}`,
			cleanLine(finding.rule),
		]),
	);
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
	] as const;
	const named = causes.filter(([number]) => number > 0);
	if (named.length === 0) return "";
	const list = named.map(([number, cause]) => `${number} ${cause}`).join(", ");
	return `Left out: ${list}.`;
}

const inFull = ({ details, suggestion, preexisting, rule }: Finding): string =>
	[
		clean(details),
		...(preexisting ? ["These lines were there before this run."] : []),
		...(suggestion.trim() ? [proposal(rule, suggestion)] : []),
	].join("\n\n");

/** A reviewer hands in code, a rule says in words what to do. */
const proposal = (rule: string, suggestion: string) =>
	rule === "reviewer"
		? `Suggestion:\n\n${fence(suggestion, "python")}`
		: `Suggestion: ${clean(suggestion)}`;
