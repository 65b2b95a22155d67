// Phases 7 to 9 (and fixes): what is built.
import { z } from "zod";
import { Conformity } from "./conformity.ts";
import {
	editablePath,
	existingPath,
	line,
	quote,
	text,
	writablePath,
} from "./fields.ts";
import { ShownItems } from "./items.ts";

/** An engineer's plan, of the model or of the training pipeline. */
export const Plan = z
	.object({
		summary: text("What to build and in which order"),
		framework: line("What to build with, and why"),
		pipeline: z
			.string()
			.max(4_000)
			.describe(
				"The training pipeline as it is built in; may be empty for a model",
			),
		tracking: z
			.string()
			.describe(
				"What tracks the runs, what it records; may be empty for a model",
			),
		files: z
			.array(
				z.object({
					path: writablePath("To create or change"),
					purpose: line("What it holds"),
				}),
			)
			.min(1)
			.max(20),
		tests: z
			.array(line())
			.min(1)
			.max(12)
			.describe("Behaviours that unit tests must show"),
		conventions: z
			.array(line())
			.max(8)
			.describe("Conventions of the repository to follow"),
	})
	.describe("An engineer's plan for the writer");
export type Plan = z.infer<typeof Plan>;

/** What becomes one commit. Of two entries for one path the last counts. */
export const Change = z.object({
	title: line("Of the pull request, without prefix"),
	why: text("Two or three sentences"),
	what: z.array(line("One thing that changed")).min(1).max(12),
	files: z
		.array(
			z.object({
				path: writablePath("The file"),
				content: z
					.string()
					.min(1)
					.max(100_000)
					.describe("Its whole new content"),
			}),
		)
		.max(30)
		.describe("Files to create or rewrite whole"),
	replacements: z
		.array(
			z.object({
				path: editablePath(),
				quote: quote("What to replace; it occurs exactly once"),
				replacement: z.string().max(20_000).describe("may be empty"),
			}),
		)
		.max(30)
		.describe("Exact edits of files not given whole; may be empty"),
	deletions: z
		.array(existingPath())
		.max(30)
		.optional()
		.describe("Files to delete"),
});
export type Change = z.infer<typeof Change>;

/** As the writer hands it in. What is edited with tools need not be said again. */
export const ChangeSubmission = z
	.preprocess(
		(given) => ({ files: [], replacements: [], ...Object(given) }),
		Change.extend({ items: ShownItems.optional() }),
	)
	.describe(
		"Ends a change: with what was edited before it becomes one pull request",
	);
export type ChangeSubmission = z.infer<typeof ChangeSubmission>;

export const PullRef = z.object({
	number: z.number().int(),
	url: z.string(),
	branch: z.string(),
	base: z.string(),
	headSha: z.string(),
	/** The commit it starts from, where that is not the head of the one below. */
	baseSha: z.string().optional(),
	title: z.string(),
	files: z.array(
		z.object({
			path: z.string(),
			additions: z.number().int(),
			deletions: z.number().int(),
		}),
	),
});
export type PullRef = z.infer<typeof PullRef>;

/** The outcome of running the repository's tests in a runner. */
export const TestRun = z.object({
	runner: z.string(),
	status: z.enum(["passed", "failed", "none found", "not run"]),
	passed: z.number().int(),
	failed: z.number().int(),
	seconds: z.number(),
	/** The last lines of output, or why nothing was run. Untrusted text. */
	output: z.string(),
});
export type TestRun = z.infer<typeof TestRun>;

export const ImplementationReport = z.object({
	plan: Plan.optional(),
	change: Change,
	pull: PullRef,
	tests: TestRun,
	/** Phases 7 to 9: how far it is what was approved and asked for. */
	conformity: Conformity.optional(),
	/** Contract violations the policy saw and repaired or refused, in words. */
	notes: z.array(z.string()),
});
export type ImplementationReport = z.infer<typeof ImplementationReport>;
