// Phases 7 to 9 (and fixes): what is built.
import { z } from "zod";
import { Conformity } from "./conformity.ts";
import { editablePath, line, quote, text, writablePath } from "./fields.ts";
import { IntegrationItems, ModelItems, TrainingItems } from "./items.ts";

const plan = {
	summary: text("What to build and in which order"),
	files: z
		.array(
			z.strictObject({
				path: writablePath("A file to create or change"),
				purpose: line("What it holds"),
			}),
		)
		.min(1)
		.max(20)
		.describe("The target files"),
	tests: z.array(line("A behaviour a unit test must show")).min(1).max(12),
	conventions: z.array(line("A convention of the repository to follow")).max(8),
};

export const ImplementationPlan = z
	.strictObject({
		framework: line("The framework or libraries to build with, and why"),
		...plan,
	})
	.describe("An engineer's plan of the model for the writer");

export const TrainingPlan = z
	.strictObject({
		pipeline: text("The approved pipeline as it is built into the repository"),
		tracking: line("What tracks the runs, and what it records"),
		...plan,
	})
	.describe("An engineer's plan of the training pipeline for the writer");

/** The plan a change follows, of either kind. */
const Plan = z.object({
	...plan,
	framework: z.string().optional(),
	pipeline: z.string().optional(),
	tracking: z.string().optional(),
});
export type Plan = z.infer<typeof Plan>;

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

/** The changes of phases 7, 8 and 9 say in addition where each item stands. */
export const ModelChange = Change.extend({ items: ModelItems }).describe(
	"The model's change set with the items it was asked for",
);
export const TrainingChange = Change.extend({ items: TrainingItems }).describe(
	"The training pipeline's change set with the items it was asked for",
);
export const IntegrationChange = Change.extend({
	items: IntegrationItems,
}).describe("The integration's change set with the items it was asked for");

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
