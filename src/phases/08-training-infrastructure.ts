import { TRAINING_ITEMS } from "../reports/items.ts";
import { implementationView } from "../views/phases/implementation.ts";
import { build } from "./build.ts";
import { definePhase } from "./phase.ts";

export const trainingInfrastructure = definePhase({
	number: 8,
	goal: "Implement the training pipeline around the model",
	report: "training",

	async perform(lead) {
		const plan = await lead.agents.one({
			role: "mlops-engineer",
			name: "plan-training",
			phase: 8,
			submit: "implementation_plan",
			brief:
				"Plan how the approved training pipeline is built around the model of the pull request below: its design in this repository, what tracks the runs, training loop, data loading, logging, checkpoints, configuration, seeds. Name the target files and the behaviours the tests have to show.",
		});
		return build(lead, {
			phase: 8,
			slug: "training",
			plan,
			items: TRAINING_ITEMS,
			reviewer: "mlops-engineer",
			brief:
				"Write the training pipeline: the training script or module, loading of data, run log or tracking, configuration, seeds and versions of every run, checkpoints that load again. Test that the same seed gives the same model.",
		});
	},

	view: implementationView,
});
