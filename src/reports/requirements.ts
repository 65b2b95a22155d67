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
export type Topic = (typeof QUESTIONS)[number];

export const ProblemAnalysis = z
	.object({
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
		summary: text("What is to be predicted, for whom, how it will be used"),
		answers: z
			.array(
				z.object({
					topic: z.enum(QUESTIONS),
					answer: line(),
					source: z.enum(["issue", "repository", "assumed"]),
				}),
			)
			.min(1)
			.max(12)
			.describe("One entry for each of the five topics"),
		open_questions: z
			.array(
				z.object({
					question: line("Its answer would change the design"),
					blocking: z.boolean().describe("true only if no safe reading exists"),
					safe_reading: line("Assumed without an answer"),
				}),
			)
			.max(5),
		current_state: text("Models, training code and conventions there are"),
		key_files: KeyFiles,
	})
	.describe("The task's requirements and what the repository has for it");
export type ProblemAnalysis = z.infer<typeof ProblemAnalysis>;

/** What a capsule says, whichever of its two forms it was written in. */
export const Capsule = z.object({
	slug: z.string(),
	/** Where in the repository it stands. */
	path: z.string(),
	goal: z.string(),
	constraints: z.array(z.string()),
	nonGoals: z.array(z.string()),
	successCriteria: z.array(z.string()),
	/** Questions that were settled before the task was written. */
	decisions: z.array(z.object({ question: z.string(), answer: z.string() })),
	openQuestions: z.array(z.string()),
	risks: z.array(
		z.object({
			description: z.string(),
			severity: z.enum(["high", "medium", "low"]).optional(),
			mitigation: z.string().optional(),
		}),
	),
	keyFiles: z.array(
		z.object({ path: z.string(), reason: z.string().optional() }),
	),
});
export type Capsule = z.infer<typeof Capsule>;

export const Answered = z.object({
	topic: z.enum(QUESTIONS),
	answer: z.string(),
	source: z.enum(["issue", "repository", "assumed", "capsule"]),
});
export type Answered = z.infer<typeof Answered>;

export const AskedQuestion = z.object({
	/** As /answer names it. */
	number: z.number().int(),
	question: z.string(),
	blocking: z.boolean(),
	safeReading: z.string(),
	/** Which of the five it stands for, where it is one of them. */
	topic: z.enum(QUESTIONS).optional(),
});
export type AskedQuestion = z.infer<typeof AskedQuestion>;

export const RequirementsReport = z.object({
	/** The explorer's analysis; what a capsule answers stands in place of its answers. */
	analysis: z.object({
		...ProblemAnalysis.shape,
		answers: z.array(Answered),
	}),
	/** All that is asked of people, in one list. */
	questions: z.array(AskedQuestion),
	capsule: Capsule.optional(),
	/** Answers people gave, verbatim, oldest first. */
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
