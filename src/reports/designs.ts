// Phase 4: the approaches and the choice between them.
import { z } from "zod";
import { line, text } from "./fields.ts";
import { Approach } from "./workflow.ts";

export const Design = z
	.object({
		approach: Approach,
		name: line("e.g. gradient-boosted trees"),
		summary: text(),
		architecture: text("Components, and how they fit the repository"),
		inputs: line(),
		outputs: line(),
		training: z.object({
			loss: line(),
			optimizer: line("Or fitting procedure"),
			schedule: line("Early stopping, regularisation too"),
		}),
		inference: line("Batch or online, latency, memory"),
		resources: z.object({
			training_minutes: z.number().min(0),
			memory_mb: z.number().min(0),
			gpu: z.boolean(),
		}),
		expected_metric: z.object({
			low: z.number(),
			high: z.number(),
			source: line("Where it comes from"),
		}),
		lines_of_code: z.number().int().min(1),
		interpretability: z.enum(["high", "medium", "low"]),
		leak_safety: line(
			"Where preprocessing is fitted so that no held-out row is seen",
		),
		risks_addressed: z
			.array(z.string().regex(/^R[0-9]{1,3}$/))
			.max(20)
			.describe("Risks of phase 3 that it mitigates"),
	})
	.describe("One model design with its trade-offs");
export type Design = z.infer<typeof Design>;

/** What the fact-check came to, for each design. */
const DesignCheck = z.object({
	verdicts: z.array(
		z.object({
			approach: Approach,
			/** false if a claim is wrong or it leaks. */
			sound: z.boolean(),
			remark: z.string(),
		}),
	),
});
export type DesignCheck = z.infer<typeof DesignCheck>;

export const ArchitectureReport = z.object({
	designs: z.array(Design),
	factCheck: DesignCheck,
	recommended: Approach,
	reasons: z.array(z.string()),
});
export type ArchitectureReport = z.infer<typeof ArchitectureReport>;
