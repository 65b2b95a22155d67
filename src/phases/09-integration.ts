import { MADE_ID } from "../ml/evaluation/subject.ts";
import {
	type EvaluationContract,
	judgesAllClasses,
} from "../reports/evaluation-plan.ts";
import { INTEGRATION_ITEMS } from "../reports/items.ts";
import { implementationView } from "../views/phases/implementation.ts";
import { build } from "./build.ts";
import { definePhase } from "./phase.ts";

export const integration = definePhase({
	number: 9,
	goal: "Connect the model to the application and to its evaluation",
	report: "integration",

	perform(lead) {
		return build(lead, {
			phase: 9,
			slug: "integration",
			items: INTEGRATION_ITEMS,
			reviewer: "ml-reviewer",
			smoke: lead.before.evaluationPlan.plan.contract,
			brief: `Connect the trained model to where it is used: serving or batch scoring for the deployment target, configuration for each environment, data flowing from end to end, caching where the requirements call for it, with an integration test that trains on a few rows and predicts.
Also write the evaluation adapter \`modelwright_eval.py\` at the repository's root. Its two command lines are fixed; \`--system\` selects the new model or the repository's existing baseline:
- \`modelwright_eval.py train --system model|baseline --data CSV --model-dir DIR --seed INT\`
- \`modelwright_eval.py predict --system model|baseline --model-dir DIR --features CSV --out CSV\`
\`--data\` has every column of the contract's table; \`--features\` has all but the label; \`--out\` gets ${predictionsOf(lead.before.evaluationPlan.plan.contract)}.
If the model is trained by the gradients of a library (PyTorch, TensorFlow, JAX), a third one shows that they flow: \`modelwright_eval.py gradients --system model --data CSV --seed INT --out CSV\` takes one training step and writes the header \`parameter,norm\` and one row per parameter with the norm of its gradient.`,
		});
	},

	view: implementationView,
});

/** What the adapter writes, one row per id of the contract. */
const predictionsOf = (contract: EvaluationContract) =>
	`${wanted(contract)}${contract.id === "none" ? `; both tables have that id in an added column \`${MADE_ID}\`, which is no feature` : ""}`;

const wanted = (contract: EvaluationContract) =>
	judgesAllClasses(contract)
		? "the header `id,p_<class>,…` with every class of the label: the contract's row id, and a probability for each class, 1 together"
		: "the header `id,prediction`: the contract's row id, and the probability of the positive class (classification) or the value (regression)";
