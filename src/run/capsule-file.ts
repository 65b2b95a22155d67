// The two forms a capsule may be written in, taken as one: the nested form 1.0
// (`context.key_files`, `questions.decisions_made`) and the flat one.
import { z } from "zod";

const line = z.string().trim().min(1).max(500);
const text = z.string().trim().min(1).max(4_000);

/** A lone value counts as a list of one. */
const listOf = <S extends z.ZodType>(item: S) =>
	z
		.preprocess(
			(value) =>
				value === undefined || value === null
					? []
					: Array.isArray(value)
						? value
						: [value],
			z.array(item).max(50),
		)
		.optional()
		.default([]);

/** Where plain words stand for an object, they are the value of this key. */
const orWords = <S extends z.ZodType>(key: string, object: S) =>
	z.preprocess(
		(value) => (typeof value === "string" ? { [key]: value } : value),
		object,
	);

const KeyFile = orWords(
	"path",
	z.strictObject({
		path: line.transform((path) => path.replace(/^(?:\.?\/)+/, "")),
		reason: line.optional(),
	}),
);

const Risk = orWords(
	"description",
	z.strictObject({
		description: text,
		severity: z.enum(["high", "medium", "low"]).optional(),
		mitigation: text.optional(),
	}),
);

const inWords = (value: unknown): string =>
	[value]
		.flat()
		.map((one) => (typeof one === "string" ? one : JSON.stringify(one)))
		.join(", ");

/** `{tests_pass: true}` or words. */
const Criterion = z.preprocess(
	(value) =>
		typeof value === "object" && value !== null && !Array.isArray(value)
			? Object.entries(value)
					.map(([key, inner]) => `${key}: ${inWords(inner)}`)
					.join("; ")
			: value,
	line,
);

const Decision = z.strictObject({ question: line, answer: line });

export const CapsuleFile = z
	.strictObject({
		// Without quotes YAML reads a number.
		version: z.preprocess(
			(value) => (value === 1 ? "1.0" : value),
			z.literal("1.0").optional(),
		),
		created: line.optional(),
		slug: line.optional(),
		goal: text,
		constraints: listOf(line),
		non_goals: listOf(line),
		success_criteria: listOf(Criterion),
		key_files: listOf(KeyFile),
		risks: listOf(Risk),
		context: z
			.strictObject({
				patterns_path: line.optional(),
				architecture_path: line.optional(),
				key_files: listOf(KeyFile),
			})
			.optional(),
		questions: z
			.strictObject({
				decisions_made: listOf(Decision),
				open_questions: listOf(line),
			})
			.optional(),
		handoff: z
			.strictObject({
				recommended_command: line.optional(),
				args: line.optional(),
				reasoning: text.optional(),
			})
			.optional(),
	})
	.transform((file) => ({
		slug: file.slug,
		goal: file.goal,
		constraints: file.constraints,
		nonGoals: file.non_goals,
		successCriteria: file.success_criteria,
		decisions: file.questions?.decisions_made ?? [],
		openQuestions: file.questions?.open_questions ?? [],
		risks: file.risks,
		keyFiles: [...(file.context?.key_files ?? []), ...file.key_files],
	}));
