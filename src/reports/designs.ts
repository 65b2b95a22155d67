// Phase 4: the approaches and the choice between them.
import { z } from "zod";
import { line, text } from "./fields.ts";
import { Approach } from "./workflow.ts";

export const Design = z
	.strictObject({
		approach: Approach.describe("The approach you were asked to design"),
		name: line("Short name of the model, e.g. 'gradient-boosted trees'"),
		summary: text("The design in three or four sentences"),
		architecture: text(
			"Model architecture: components and how they fit the repository",
		),
		inputs: line("Input specification"),
		outputs: line("Output specification"),
		training: z.strictObject({
			loss: line("Loss function"),
			optimizer: line("Optimizer or fitting procedure"),
			schedule: line("Schedule, early stopping, regularisation"),
		}),
		inference: line(
			"Inference considerations: batch or online, latency, memory",
		),
		resources: z.strictObject({
			training_minutes: z.number().min(0).max(100_000),
			memory_mb: z.number().min(0).max(10_000_000),
			gpu: z.boolean(),
		}),
		expected_metric: z.strictObject({
			low: z.number().min(-1_000_000).max(1_000_000),
			high: z.number().min(-1_000_000).max(1_000_000),
			source: line("Where this expectation comes from"),
		}),
		lines_of_code: z.number().int().min(1).max(100_000),
		interpretability: z.enum(["high", "medium", "low"]),
		leak_safety: line(
			"Where preprocessing is fitted so that no held-out row is seen",
		),
		risks_addressed: z
			.array(z.string().regex(/^R[0-9]{1,3}$/))
			.max(20)
			.describe("Ids of risks of phase 3 this design mitigates, e.g. R1"),
	})
	.describe("One model design with its trade-offs");
export type Design = z.infer<typeof Design>;

export const FactCheck = z
	.strictObject({
		verdicts: z
			.array(
				z.strictObject({
					approach: Approach,
					sound: z
						.boolean()
						.describe("false if a claim is wrong or the design leaks"),
					remark: line("What was checked and found"),
				}),
			)
			.min(1)
			.max(3),
	})
	.describe("A data scientist's check of the designs' claims");
export type FactCheck = z.infer<typeof FactCheck>;

export const ArchitectureReport = z.object({
	designs: z.array(Design),
	factCheck: FactCheck,
	recommended: Approach,
	reasons: z.array(z.string()),
});
export type ArchitectureReport = z.infer<typeof ArchitectureReport>;
