// Phase 5: how the model is trained.
import { z } from "zod";
import { line, text } from "./fields.ts";

export const TrainingPipeline = z
	.object({
		summary: text(),
		experiment_tracking: line("Tracking tool and what is logged"),
		structure: text("Steps and their files"),
		data_loading: line(),
		distribution: line("Or why none"),
		checkpointing: line(),
		hyperparameters: z
			.array(z.object({ name: line(), value: line("Value or search range") }))
			.max(20),
		resources: line("CPU, GPU, memory, time"),
		orchestration: line("Or why none"),
		reproducibility: line("Seeds, versions, data digests"),
	})
	.describe("The training pipeline's design");
export type TrainingPipeline = z.infer<typeof TrainingPipeline>;

export const PipelineReport = z.object({ pipeline: TrainingPipeline });
export type PipelineReport = z.infer<typeof PipelineReport>;
