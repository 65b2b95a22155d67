import { MODEL_ITEMS } from "../reports/items.ts";
import { designDocument } from "../views/design-document.ts";
import { implementationView } from "../views/phases/implementation.ts";
import { build } from "./build.ts";
import { chosenDesign } from "./chosen-design.ts";
import { definePhase } from "./phase.ts";

export const modelImplementation = definePhase({
	number: 7,
	goal: "Implement the approved model with its unit tests",
	report: "model",

	async perform(lead) {
		const design = chosenDesign(lead);
		const plan = await lead.agents.one({
			role: "ml-engineer",
			name: "plan-model",
			phase: 7,
			submit: "implementation_plan",
			brief: `The design is approved. Plan how "${design.name}" is built into this repository: the framework, the target files, model class and forward pass, fitting, loss, metrics, and the preprocessing that must be fitted on training rows alone. Name the behaviours the unit tests have to show, and the conventions to keep.`,
		});
		return build(lead, {
			phase: 7,
			slug: "model",
			plan,
			items: MODEL_ITEMS,
			reviewer: "ml-engineer",
			documents: [designDocument(lead)],
			brief:
				"Write the model: its class, the way from inputs to outputs, loss and metrics, typed and documented, with unit tests for its parts: shapes and ranges of its outputs, a falling loss, a small batch it can learn by heart. Leave training scripts and serving to the next pull requests.",
		});
	},

	view: implementationView,
});
