// Findings as check runs: one per focus on each pull request of the stack.
import type { Finding, Focus } from "../reports/findings.ts";
import type { Severity } from "../reports/workflow.ts";
import type { CheckAnnotation, CheckView } from "./check.ts";
import { clean, cleanLine, plainLine, plainText } from "./clean.ts";
import { codeSpan, stripInvisible } from "./code.ts";
import { plural } from "./numbers.ts";
import { severityText } from "./severity.ts";
import { table } from "./table.ts";

const reviewCheckName = (focus: Focus): string => `modelwright / ${focus}`;

/**
 * `findings` are those of this focus that this pull request shows. They advise:
 * the conclusion never blocks a merge, a person decides.
 */
export function reviewCheck(
	focus: Focus,
	summary: string,
	findings: readonly Finding[],
): CheckView {
	const view = {
		name: reviewCheckName(focus),
		title: findings.length
			? `${plural(findings.length, "finding")}: ${bySeverity(findings)}`
			: "Nothing to fix here",
		annotations: findings.map(annotationOf),
	};
	if (findings.length === 0)
		return { ...view, conclusion: "success", summary: clean(summary) };
	return {
		...view,
		conclusion: "neutral",
		summary: [clean(summary), overview(findings), HOW_TO_FIX].join("\n\n"),
	};
}

const HOW_TO_FIX =
	"On the issue, `/fix all`, `/fix F1,F3` or `/fix none` decides.";

const LEVELS: Record<Severity, CheckAnnotation["level"]> = {
	critical: "failure",
	high: "failure",
	medium: "warning",
	low: "notice",
};

function annotationOf(finding: Finding): CheckAnnotation {
	const { id, severity, confidence, rule, suggestion } = finding;
	const origin = rule === "reviewer" ? "" : ` · ${plainLine(rule)}`;
	const before = finding.preexisting
		? "\n\nThese lines were there before this run."
		: "";
	const doubt = finding.doubt
		? `\n\n${DOUBTED} ${plainText(finding.doubt)}`
		: "";
	return {
		path: finding.path,
		startLine: finding.startLine,
		endLine: finding.endLine,
		level: LEVELS[severity],
		title: `${id} · ${severity} · ${confidence}${origin}: ${plainLine(finding.title)}`,
		message: `${plainText(finding.details)}${doubt}${before}`,
		...(suggestion.trim() ? { details: stripInvisible(suggestion) } : {}),
	};
}

/** Why a finding stands one grade lower than its reviewer put it. */
export const DOUBTED =
	"A second reviewer was not sure, so this stands one grade lower:";

function bySeverity(findings: readonly Finding[]): string {
	const severities = [...new Set(findings.map(({ severity }) => severity))];
	return severities
		.map((severity) => {
			const number = findings.filter((f) => f.severity === severity).length;
			return `${number} ${severity}`;
		})
		.join(", ");
}

const overview = (findings: readonly Finding[]): string =>
	table(
		["#", "severity · confidence", "where", "what"],
		findings.map((finding) => [
			finding.id,
			`${severityText(finding.severity)} · ${finding.confidence}`,
			codeSpan(`${finding.path}:${finding.startLine}`),
			cleanLine(finding.title),
		]),
	);
