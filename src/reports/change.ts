// Phases 7 to 9 (and fixes): what is built.
import { z } from "zod";
import { editablePath, line, quote, text, writablePath } from "./fields.ts";

export const ImplementationPlan = z
	.strictObject({
		summary: text("What to build and in which order"),
		files: z
			.array(
				z.strictObject({
					path: writablePath("A file to create or change"),
					purpose: line("What it holds"),
				}),
			)
			.min(1)
			.max(20),
		tests: z.array(line("A behaviour a unit test must show")).min(1).max(12),
		conventions: z
			.array(line("A convention of the repository to follow"))
			.max(8),
	})
	.describe("An engineer's plan for the writer");
export type ImplementationPlan = z.infer<typeof ImplementationPlan>;

export const Change = z
	.strictObject({
		title: line("Title of the pull request, without prefix"),
		why: text("Why this change, in two or three sentences"),
		what: z.array(line("One thing that changed")).min(1).max(12),
		files: z
			.array(
				z.strictObject({
					path: writablePath("The file"),
					content: z
						.string()
						.min(1)
						.max(100_000)
						.describe("The file's whole new content"),
				}),
			)
			.min(1)
			.max(30)
			.describe(
				"Files to create or rewrite whole; every change brings at least one (its test). Of two entries for one path the last counts",
			),
		replacements: z
			.array(
				z.strictObject({
					path: editablePath("The file to edit"),
					quote: quote(
						"The text to replace; it must occur exactly once in the file",
					),
					replacement: z
						.string()
						.max(20_000)
						.describe("The text that takes its place; may be empty"),
				}),
			)
			.max(30)
			.describe(
				"Exact edits of existing files; may be empty. Quotes must not overlap; a file given whole in files is not edited",
			),
	})
	.describe("A change set: it becomes one commit and one pull request");
export type Change = z.infer<typeof Change>;

export const PullRef = z.object({
	number: z.number().int(),
	url: z.string(),
	branch: z.string(),
	base: z.string(),
	headSha: z.string(),
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
	plan: ImplementationPlan.optional(),
	change: Change,
	pull: PullRef,
	tests: TestRun,
	/** Contract violations the policy saw and repaired or refused, in words. */
	notes: z.array(z.string()),
});
export type ImplementationReport = z.infer<typeof ImplementationReport>;
