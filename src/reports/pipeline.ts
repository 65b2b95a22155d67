// Phase 5: how the model is trained.
import { z } from "zod";
import { line, text } from "./fields.ts";

export const TrainingPipeline = z
	.strictObject({
		summary: text("The pipeline in three or four sentences"),
		experiment_tracking: line("Tracking tool and what is logged"),
		structure: text("Training pipeline structure: steps and files"),
		data_loading: line("Data loading and batching"),
		distribution: line("Distributed training, or why it is not needed"),
		checkpointing: line("Checkpointing and model versioning"),
		hyperparameters: z
			.array(
				z.strictObject({
					name: line("Hyper-parameter"),
					value: z.string().min(1).max(100).describe("Value or search range"),
				}),
			)
			.max(20),
		resources: line("CPU, GPU, memory, time"),
		orchestration: line("Orchestration and schedule, or why none"),
		reproducibility: line("Seeds, versions, data digests"),
	})
	.describe("The training pipeline's design");
export type TrainingPipeline = z.infer<typeof TrainingPipeline>;

export const PipelineReport = z.object({ pipeline: TrainingPipeline });
export type PipelineReport = z.infer<typeof PipelineReport>;
