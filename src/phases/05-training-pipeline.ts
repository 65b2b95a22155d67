import { asks } from "../run/config.ts";
import { pipelineView } from "../views/phases/pipeline.ts";
import { chosenDesign } from "./chosen-design.ts";
import { definePhase } from "./phase.ts";

export const trainingPipeline = definePhase({
	number: 5,
	goal: "Design how the model is trained, tracked and reproduced",
	report: "pipeline",

	async perform(lead) {
		const design = chosenDesign(lead);
		const pipeline = await lead.agents.one({
			role: "mlops-engineer",
			name: "training-pipeline",
			phase: 5,
			submit: "training_pipeline",
			brief: `Design the training pipeline for the **${design.approach}** approach, "${design.name}".
Cover the steps and their files, experiment tracking, loading and batching, distribution if it pays, checkpoints and model versions, hyper-parameters with values or ranges, resources, orchestration, and what makes a training run repeatable. Use what the repository already uses; add a dependency only if nothing in it can do the job.`,
		});
		return { pipeline };
	},

	gate(_report, { run }) {
		if (!asks(run.config, "pipeline")) return undefined;
		return {
			name: "pipeline",
			command: "/approve",
			question: "Is this training pipeline right?",
		};
	},

	view: pipelineView,
});
