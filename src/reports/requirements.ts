// Phase 1: what is asked.
import { z } from "zod";
import { KeyFile, KeyFiles, line, text } from "./fields.ts";

/** The five questions of phase 1, by topic. */
export const QUESTIONS = [
	"problem",
	"data",
	"success metrics",
	"deployment target",
	"constraints",
] as const;

export const ProblemAnalysis = z
	.strictObject({
		problem_type: z.enum([
			"binary classification",
			"multiclass classification",
			"regression",
			"forecasting",
			"ranking",
			"clustering",
			"anomaly detection",
			"reinforcement learning",
			"generation",
			"other",
		]),
		summary: text(
			"What is to be predicted or built, for whom, and how it will be used",
		),
		answers: z
			.array(
				z.strictObject({
					topic: z.enum(QUESTIONS),
					answer: line("The answer in one line"),
					source: z
						.enum(["issue", "repository", "assumed"])
						.describe("Where the answer comes from"),
				}),
			)
			.min(1)
			.max(12)
			.describe("One entry for each of the five topics"),
		open_questions: z
			.array(
				z.strictObject({
					question: line("A question whose answer would change the design"),
					blocking: z
						.boolean()
						.describe("true only if no safe reading exists and work must wait"),
					safe_reading: line("What will be assumed without an answer"),
				}),
			)
			.max(5),
		current_state: text(
			"Existing models, training code and conventions in the repository",
		),
		key_files: KeyFiles,
	})
	.describe(
		"The ML requirements of the task and what the repository already has",
	);
export type ProblemAnalysis = z.infer<typeof ProblemAnalysis>;

export const RequirementsReport = z.object({
	analysis: ProblemAnalysis,
	/** Slug of the capsule the requirements were read from, if any. */
	capsule: z.string().optional(),
	/** Answers people gave to open questions, verbatim, oldest first. */
	userAnswers: z.array(
		z.object({
			by: z.string(),
			text: z.string(),
			question: z.number().optional(),
		}),
	),
	keyFiles: z.array(KeyFile),
});
export type RequirementsReport = z.infer<typeof RequirementsReport>;
