// Findings as one review on a pull request, with what may replace the lines.
import type { Finding } from "../reports/findings.ts";
import { clean, cleanLine } from "./clean.ts";
import { codeSpan, fence } from "./code.ts";
import { DOUBTED, gradeOf } from "./findings.ts";
import { plural } from "./numbers.ts";
import type { Remark, ReviewView } from "./review.ts";

export function findingReview(
	key: string,
	issue: number,
	findings: readonly Finding[],
): ReviewView {
	return {
		key,
		intro: `**${plural(findings.length, "finding")}** of phase 10. On #${issue}, \`/fix F1,F3\` has findings fixed and \`/dismiss F2 <reason>\` lets one stand for good; a suggestion can be committed here as well.`,
		remarks: findings.map(remarkOf),
	};
}

function remarkOf(finding: Finding): Remark {
	const { path, startLine, endLine, title, details, doubt } = finding;
	const headline = `**${gradeOf(finding)}:** ${cleanLine(title)}`;
	return {
		...{ path, startLine, endLine },
		comment: [
			headline,
			clean(details),
			...(doubt ? [`${DOUBTED} ${cleanLine(doubt)}`] : []),
			...proposal(finding),
		].join("\n\n"),
		inShort: `${headline} (${codeSpan(`${path}:${startLine}`)})`,
	};
}

/** A reviewer hands in code for the lines it quoted; a rule says in words what to do, and in code where that is mechanical. */
function proposal(finding: Finding): string[] {
	const { rule, suggestion, quote, replacement } = finding;
	if (!suggestion.trim()) return [];
	if (rule !== "reviewer")
		return [
			`Suggestion: ${clean(suggestion)}`,
			...(replacement === undefined ? [] : [fence(replacement, "suggestion")]),
		];
	return [fence(suggestion, quote === undefined ? "python" : "suggestion")];
}
