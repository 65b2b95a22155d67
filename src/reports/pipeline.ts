// Phase 5: how the model is trained.
import { z } from "zod";
import { line, text } from "./fields.ts";

export const TrainingPipeline = z
	.object({
		summary: text("The pipeline in three or four sentences"),
		experiment_tracking: line("Tracking tool and what is logged"),
		structure: text("Steps and their files"),
		data_loading: line("Loading and batching"),
		distribution: line("Distributed training, or why none"),
		checkpointing: line("Checkpoints and model versions"),
		hyperparameters: z
			.array(z.object({ name: line(), value: line("Value or search range") }))
			.max(20),
		resources: line("CPU, GPU, memory, time"),
		orchestration: line("Orchestration and schedule, or why none"),
		reproducibility: line("Seeds, versions, data digests"),
	})
	.describe("The training pipeline's design");
export type TrainingPipeline = z.infer<typeof TrainingPipeline>;

export const PipelineReport = z.object({ pipeline: TrainingPipeline });
export type PipelineReport = z.infer<typeof PipelineReport>;
