// From what rules and reviewers say to findings that can be posted: placed,
// filtered, without repeats, numbered.
import {
	type Finding,
	type Focus,
	POSTING_CONFIDENCE,
	type Review,
	type ReviewReport,
} from "../reports/findings.ts";
import { SEVERITIES } from "../reports/workflow.ts";
import { digestOf } from "../run/digest.ts";
import type { RuleHit } from "./rules/rule.ts";

/** What has to be known about the stack to place a finding. */
export interface Diff {
	stack(): readonly { readonly number: number }[];
	placeInDiff(
		path: string,
		quote: string,
	): Promise<
		| { path: string; startLine: number; endLine: number; pull: number }
		| undefined
	>;
	introducedBy(
		path: string,
		line: number,
	): Promise<{ pull: number; line: number } | undefined>;
}

export interface Remarks {
	readonly ruleHits: readonly RuleHit[];
	readonly reviews: readonly {
		readonly focus: Focus;
		readonly review: Review;
	}[];
	readonly diff: Diff;
}

type Draft = Omit<Finding, "id">;

export async function consolidateFindings({
	ruleHits,
	reviews,
	diff,
}: Remarks): Promise<Pick<ReviewReport, "findings" | "dropped">> {
	const dropped = { lowConfidence: 0, notFound: 0, repeated: 0 };
	const drafts: Draft[] = [];
	for (const hit of ruleHits) drafts.push(await fromRule(hit, diff));
	for (const { focus, review } of reviews)
		for (const remark of review.findings) {
			if (remark.confidence < POSTING_CONFIDENCE) {
				dropped.lowConfidence++;
				continue;
			}
			const draft = await fromReviewer(focus, remark, diff);
			if (draft) drafts.push(draft);
			else dropped.notFound++;
		}
	const distinct = withoutRepeats(drafts);
	dropped.repeated = drafts.length - distinct.length;
	const findings = distinct
		.sort(
			(a, b) =>
				SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
				b.confidence - a.confidence,
		)
		.map((draft, i) => ({ id: `F${i + 1}`, ...draft }));
	return { findings, dropped };
}

/** A rule's finding keeps its place even when the line was there before; then the top shows it. */
async function fromRule(hit: RuleHit, diff: Diff): Promise<Draft> {
	const introduced = await diff.introducedBy(hit.path, hit.startLine);
	const startLine = introduced?.line ?? hit.startLine;
	return {
		focus: "ml practices",
		rule: hit.rule,
		path: hit.path,
		startLine,
		endLine: startLine + hit.endLine - hit.startLine,
		title: hit.title,
		details: hit.message,
		severity: hit.severity,
		confidence: hit.confidence,
		suggestion: hit.suggestion,
		fingerprint: digestOf([hit.rule, hit.path, hit.quote]),
		pull: introduced?.pull ?? diff.stack().at(-1)?.number ?? 0,
		preexisting: introduced === undefined,
	};
}

async function fromReviewer(
	focus: Focus,
	remark: Review["findings"][number],
	diff: Diff,
): Promise<Draft | undefined> {
	const { path, quote, title, details, severity, confidence, suggestion } =
		remark;
	const place = await diff.placeInDiff(path, quote);
	if (!place) return undefined;
	return {
		focus,
		rule: "reviewer",
		...place,
		title,
		details,
		severity,
		confidence,
		suggestion,
		fingerprint: digestOf([title, path, quote.trim()]),
		preexisting: false,
	};
}

/** One finding per fingerprint, and one per place: the first (a rule's) stays. */
function withoutRepeats(drafts: readonly Draft[]): Draft[] {
	const seen = new Set<string>();
	return drafts.filter((draft) => {
		const place = `${draft.pull}:${draft.path}:${draft.startLine}-${draft.endLine}:${draft.focus}`;
		const known = seen.has(draft.fingerprint) || seen.has(place);
		seen.add(draft.fingerprint).add(place);
		return !known;
	});
}
