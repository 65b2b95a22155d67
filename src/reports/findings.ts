// Phase 10: what reviewers and rules found.
import { z } from "zod";
import { Change, PullRef, TestRun } from "./change.ts";
import { existingPath, line, quote, text } from "./fields.ts";
import { Severity } from "./workflow.ts";

export const FOCI = ["code quality", "ml practices", "performance"] as const;
export const Focus = z.enum(FOCI);
export type Focus = z.infer<typeof Focus>;

/** Findings below this confidence are not posted (specification, phase 10). */
export const POSTING_CONFIDENCE = 80;

export const Review = z
	.object({
		summary: text(),
		findings: z
			.array(
				z.object({
					path: existingPath(),
					quote: quote("What offends, among the changed lines"),
					title: line(),
					details: text(),
					severity: Severity,
					confidence: z
						.number()
						.int()
						.min(0)
						.max(100)
						.describe("Only 80 and above is reported"),
					suggestion: z
						.string()
						.max(2_000)
						.describe("Code that may replace the quote; empty if none"),
				}),
			)
			.max(15),
	})
	.describe("A reviewer's findings on the pull requests");
export type Review = z.infer<typeof Review>;

/** A placed finding: path and line are verified against the tree at the head commit. */
export const Finding = z.object({
	/** F1, F2, … by severity, then confidence. */
	id: z.string(),
	focus: Focus,
	/** Rule id ("LEAK02"), or "reviewer". */
	rule: z.string(),
	path: z.string(),
	startLine: z.number().int(),
	endLine: z.number().int(),
	title: z.string(),
	details: z.string(),
	severity: Severity,
	confidence: z.number().int(),
	suggestion: z.string(),
	/** Stable across line moves: rule or focus, path and the quoted text. */
	fingerprint: z.string(),
	/** The lines as they stand at the head commit; absent in older reports. */
	quote: z.string().optional(),
	/** Number of the pull request that shows it. */
	pull: z.number().int(),
	/** true when the line was there before this run began. */
	preexisting: z.boolean(),
	/** Of a rule: where its confidence comes from. */
	tier: z.string().optional(),
	/** Of a rule: code that may replace exactly these lines. */
	replacement: z.string().optional(),
	/** What a second reviewer, asked about it alone, was not sure of. */
	doubt: z.string().optional(),
});
export type Finding = z.infer<typeof Finding>;

export const ReviewReport = z.object({
	findings: z.array(Finding),
	summaries: z.array(z.object({ focus: Focus, summary: z.string() })),
	/** Findings left out, by cause. */
	dropped: z.object({
		lowConfidence: z.number().int(),
		notFound: z.number().int(),
		repeated: z.number().int(),
		/** What a second reviewer, asked about it alone, found to be no fault. */
		refuted: z.number().int().optional(),
	}),
	/** Of the review before this one: what is not found any more. */
	resolved: z.array(z.object({ id: z.string(), title: z.string() })).optional(),
	/** The highest number given so far: no finding gets another's. */
	numbered: z.number().int().optional(),
	/** What rules found and the repository has decided to live with. */
	ignored: z
		.array(
			z.object({
				rule: z.string(),
				title: z.string(),
				path: z.string(),
				line: z.number().int(),
				reason: z.string(),
				by: z.enum(["comment", "configuration"]),
			}),
		)
		.optional(),
	/** Ids of findings that were fixed because somebody asked for it. */
	fixed: z.array(z.string()),
	/** Who said with /fix what is to be fixed and what is not. */
	decidedBy: z.string().optional(),
	/** What people had mended besides, in their words. */
	remarks: z.array(z.object({ by: z.string(), text: z.string() })),
	/** The pull request that holds all of it. */
	fix: z.object({ change: Change, pull: PullRef, tests: TestRun }).optional(),
});
export type ReviewReport = z.infer<typeof ReviewReport>;

/** What check runs tell of it. */
export type ReviewToShow = Pick<
	ReviewReport,
	"findings" | "summaries" | "fixed" | "fix"
>;
