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
		| {
				path: string;
				startLine: number;
				endLine: number;
				pull: number;
				/** The quote as it stands there. */
				text: string;
		  }
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
	/** The review before this one: what is found again keeps its name. */
	readonly earlier?: ReviewReport | undefined;
}

type Draft = Omit<Finding, "id">;
type Consolidated = Pick<ReviewReport, "findings" | "dropped" | "numbered">;

export async function consolidateFindings({
	ruleHits,
	reviews,
	diff,
	earlier,
}: Remarks): Promise<Consolidated> {
	const dropped = { lowConfidence: 0, notFound: 0, repeated: 0 };
	const drafts: Draft[] = [];
	for (const hit of ruleHits)
		if (hit.confidence >= POSTING_CONFIDENCE)
			drafts.push(await fromRule(hit, diff));
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
	return { ...named(distinct.sort(gravestFirst), earlier), dropped };
}

export const gravestFirst = (
	a: Pick<Finding, "severity" | "confidence">,
	b: Pick<Finding, "severity" | "confidence">,
): number =>
	SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
	b.confidence - a.confidence;

/** F1, F2, …; who had a name before keeps it, and nobody gets another's. */
function named(
	drafts: readonly Draft[],
	earlier: ReviewReport | undefined,
): Pick<ReviewReport, "findings" | "numbered"> {
	const known = new Map(
		earlier?.findings.map(({ fingerprint, id }) => [fingerprint, id]),
	);
	let numbered = Math.max(
		earlier?.numbered ?? 0,
		...[...known.values()].map((id) => Number(id.slice(1))),
	);
	const findings = drafts.map((draft) => ({
		id: known.get(draft.fingerprint) ?? `F${++numbered}`,
		...draft,
	}));
	return { findings, numbered };
}

/** What the review before this one found and this one does not. */
export const resolvedSince = (
	earlier: ReviewReport | undefined,
	findings: readonly Finding[],
): NonNullable<ReviewReport["resolved"]> =>
	(earlier?.findings ?? [])
		.filter(({ fingerprint }) =>
			findings.every((one) => one.fingerprint !== fingerprint),
		)
		.map(({ id, title }) => ({ id, title }));

/** A rule's finding keeps its place even when the line was there before; then the top shows it. */
async function fromRule(hit: RuleHit, diff: Diff): Promise<Draft> {
	const introduced = await diff.introducedBy(hit.path, hit.startLine);
	const startLine = introduced?.line ?? hit.startLine;
	const replaced = await replacedLines(hit, diff);
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
		quote: hit.quote,
		tier: hit.tier,
		pull: introduced?.pull ?? diff.stack().at(-1)?.number ?? 0,
		preexisting: introduced === undefined,
		...replaced,
	};
}

/** What a fix replaces, where one pull request shows all of it: only there can it be committed. */
async function replacedLines(
	{ path, replacement }: RuleHit,
	diff: Diff,
): Promise<Partial<Draft>> {
	if (!replacement) return {};
	const { startLine, endLine, before, after } = replacement;
	const [first, last] = await Promise.all([
		diff.introducedBy(path, startLine),
		diff.introducedBy(path, endLine),
	]);
	const isOnePiece =
		first !== undefined &&
		first.pull === last?.pull &&
		last.line - first.line === endLine - startLine;
	return isOnePiece
		? {
				...{ startLine: first.line, endLine: last.line },
				...{ quote: before, replacement: after },
			}
		: {};
}

async function fromReviewer(
	focus: Focus,
	remark: Review["findings"][number],
	diff: Diff,
): Promise<Draft | undefined> {
	const { path, quote, title, details, severity, confidence, suggestion } =
		remark;
	const found = await diff.placeInDiff(path, quote);
	if (!found) return undefined;
	const { text, ...place } = found;
	return {
		focus,
		rule: "reviewer",
		...place,
		title,
		details,
		severity,
		confidence,
		suggestion: indentedAs(text, quote, suggestion),
		fingerprint: digestOf([focus, path, significant(text)]),
		quote: text,
		preexisting: false,
	};
}

/** A model words a title anew each time, and may indent otherwise; the code it means is the same. */
const significant = (text: string) =>
	text.split("\n").map((line) => line.trim());

const indentOf = (text: string) =>
	/^[ \t]*/.exec(text.split("\n").find((line) => line.trim()) ?? "")?.[0] ?? "";

/** A quote is found however it is indented; what may replace it has to fit its place. */
function indentedAs(text: string, quote: string, suggestion: string): string {
	const [is, said] = [indentOf(text), indentOf(quote)];
	if (is === said || !is.endsWith(said)) return suggestion;
	const more = is.slice(0, is.length - said.length);
	return suggestion
		.split("\n")
		.map((line) => (line.trim() ? more + line : line))
		.join("\n");
}

/** One per fingerprint, one per focus or title at a place: the first (a rule's) stays. */
function withoutRepeats(drafts: readonly Draft[]): Draft[] {
	const seen = new Set<string>();
	return drafts.filter((draft) => {
		const at = `${draft.pull}:${draft.path}:${draft.startLine}-${draft.endLine}`;
		const keys = [
			draft.fingerprint,
			`${at}:${draft.focus}`,
			`${at}:${draft.title}`,
		];
		const known = keys.some((key) => seen.has(key));
		for (const key of keys) seen.add(key);
		return !known;
	});
}
