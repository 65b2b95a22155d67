// Findings as check runs: one per focus on each pull request of the stack.
import type { Finding, Focus, ReviewToShow } from "../reports/findings.ts";
import type { Severity } from "../reports/workflow.ts";
import { BUTTONS, type Button, identifierOf } from "../run/buttons.ts";
import { dismissalOf, isOpen, resolutionOf } from "../run/open-findings.ts";
import type { Run } from "../run/run.ts";
import type { CheckAnnotation, CheckView } from "./check.ts";
import { clean, cleanLine, plainLine, plainText } from "./clean.ts";
import { codeSpan, stripInvisible } from "./code.ts";
import { pullLink } from "./links.ts";
import { plural } from "./numbers.ts";
import { severityText } from "./severity.ts";
import { table } from "./table.ts";

const PREFIX = "modelwright / ";
const reviewCheckName = (focus: Focus): string => `${PREFIX}${focus}`;

/** The focus that a check of this name is about, if it is one of ours. */
export const focusOfCheck = (name: string, foci: readonly Focus[]) =>
	foci.find((focus) => reviewCheckName(focus) === name);

export interface ReviewCheck {
	readonly focus: Focus;
	/** Its findings at the lines of this head. */
	readonly review: ReviewToShow;
	/** The number of the pull request that shows those of this focus. */
	readonly pull: number;
	readonly headSha: string;
	readonly run: Pick<Run, "dismissals" | "resolutions">;
}

/** They advise: the conclusion never blocks a merge, a person decides. */
export function reviewCheck(check: ReviewCheck): CheckView {
	const { focus, review, run } = check;
	const { summary = "" } =
		review.summaries.find((one) => one.focus === focus) ?? {};
	const open = shownBy(check).filter(
		(finding) => isOpen(run, finding) && !review.fixed.includes(finding.id),
	);
	const view = {
		name: reviewCheckName(focus),
		title: open.length
			? `${plural(open.length, "finding")}: ${bySeverity(open)}`
			: "Nothing to fix here",
		annotations: open.map(annotationOf),
	};
	const said = [clean(summary), settled(check)].filter(Boolean);
	if (open.length === 0)
		return { ...view, conclusion: "success", summary: said.join("\n\n") };
	return {
		...view,
		conclusion: "neutral",
		summary: [...said, overview(open), HOW_TO_FIX].join("\n\n"),
		actions: Object.entries(BUTTONS).map(([button, texts]) => ({
			...texts,
			identifier: identifierOf(button as Button, check.pull),
		})),
	};
}

const HOW_TO_FIX =
	"On the issue, `/fix all`, `/fix F1,F3` or `/fix none` decides, and `/dismiss F2 <reason>` lets one stand for good. The buttons above do the same for the findings of this check.";

const shownBy = ({ review, focus, pull }: ReviewCheck) =>
	review.findings.filter((one) => one.focus === focus && one.pull === pull);

/** Fixed ones with where; dismissed ones with who and why; what a push resolved, on the head it led to. */
function settled(check: ReviewCheck): string {
	const { review, run, headSha } = check;
	return shownBy(check)
		.flatMap((finding) => {
			const { id, title } = finding;
			const what = `${id} (${cleanLine(title)})`;
			if (review.fix && review.fixed.includes(id))
				return `- ${what}: fixed in ${pullLink(review.fix.pull)}`;
			const dismissal = dismissalOf(run, finding);
			if (dismissal) return `- ${what}: ${dismissedBy(dismissal)}`;
			const resolution = resolutionOf(run, finding);
			return resolution?.head === headSha
				? `- ${what}: resolved, its lines are gone here`
				: [];
		})
		.join("\n");
}

export const dismissedBy = ({
	by,
	reason,
}: {
	by: string;
	reason: string;
}): string => `dismissed by ${codeSpan(by)}: ${cleanLine(reason)}`;

const LEVELS: Record<Severity, CheckAnnotation["level"]> = {
	critical: "failure",
	high: "failure",
	medium: "warning",
	low: "notice",
};

function annotationOf(finding: Finding): CheckAnnotation {
	const proposed = [finding.suggestion, finding.replacement ?? ""]
		.filter((text) => text.trim())
		.join("\n\n");
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
		level: LEVELS[finding.severity],
		title: `${gradeOf(finding)}: ${plainLine(finding.title)}`,
		message: `${plainText(finding.details)}${doubt}${before}`,
		...(proposed ? { details: stripInvisible(proposed) } : {}),
	};
}

/** "F2 · high · 92 · LEAK02, measured" */
export function gradeOf(finding: Finding): string {
	const { id, severity, confidence, rule, tier } = finding;
	const source = tier ? `${rule}, ${tier}` : rule;
	const origin = rule === "reviewer" ? "" : ` · ${plainLine(source)}`;
	return `${id} · ${severity} · ${confidence}${origin}`;
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
