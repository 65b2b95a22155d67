// Phases 4 to 6 as the scripted agents play them on the sample.
import { call, think } from "../server/reply.ts";
import type { ModelRequest } from "../server/request.ts";
import type { Rule } from "../server/rules.ts";
import { script } from "../server/script.ts";
import { COLUMNS_FILE, columnsIn } from "./clues.ts";

/** Ids of the risk register, as the earlier report in the prompt numbers them. */
const riskIds = ({ userText }: ModelRequest) => [
	...new Set(userText.match(/\bR\d{1,2}\b/g) ?? []),
];

const lookAround = [
	think("The columns' roles decide what each design may use."),
	call("view", { path: COLUMNS_FILE }),
	call("data_profile", {}),
];

const design = (
	approach: "baseline" | "state-of-the-art" | "pragmatic",
	submission: (request: ModelRequest) => Record<string, unknown>,
): Rule =>
	script(`phase 4: ${approach}`, { assignment: `design-${approach}` }, [
		() => lookAround,
		(request) => [call("submit_design", { approach, ...submission(request) })],
	]);

const LEAK_SAFE =
	"All statistics, encodings included, are fitted on the training rows passed to fit";

const baseline = design("baseline", (request) => ({
	name: "Logistic regression on all columns",
	summary:
		"The existing logistic baseline, widened from three columns to all of them: one-hot categories, standardised numbers, a ridge penalty. Quick, explainable, and the honest floor for anything more complex.",
	architecture:
		"A design matrix of about thirty columns and one weight each, fitted by gradient descent in the manner of churn/baseline.py. No interactions.",
	inputs: "Numeric and categorical columns of one row; no derived label rates",
	outputs: "Probability of the positive class per row",
	training: {
		loss: "Log loss with an L2 penalty",
		optimizer: "Full-batch gradient descent, fixed step",
		schedule: "200 epochs, no early stopping",
	},
	inference: "Weekly batch; a dot product per row, no memory to speak of",
	resources: { training_minutes: 1, memory_mb: 50, gpu: false },
	expected_metric: {
		low: 0.28,
		high: 0.36,
		source: "the existing baseline's own figure, with more columns",
	},
	lines_of_code: 120,
	interpretability: "high",
	leak_safety: LEAK_SAFE,
	risks_addressed: riskIds(request).slice(0, 3),
}));

const stateOfTheArt = design("state-of-the-art", (request) => ({
	name: "Stacked ensemble of boosted trees and a small neural network",
	summary:
		"Deep gradient-boosted trees and a two-layer network over entity embeddings, blended by a logistic stacker on out-of-fold predictions. The best ranking this table can give, at three times the code and little left to explain.",
	architecture:
		"Two base learners trained in five group folds, out-of-fold predictions as inputs of the stacker. The network needs its own back-propagation, since only the standard library may be used.",
	inputs:
		"All columns, categories as learned embeddings and fold-wise encodings",
	outputs:
		"Probability of the positive class per row, calibrated by the stacker",
	training: {
		loss: "Log loss for both learners and the stacker",
		optimizer: "Boosting by Newton steps; Adam for the network",
		schedule: "400 trees, 60 epochs, early stopping on an inner group split",
	},
	inference: "Weekly batch; seconds per thousand rows in pure Python",
	resources: { training_minutes: 45, memory_mb: 900, gpu: false },
	expected_metric: {
		low: 0.4,
		high: 0.52,
		source:
			"typical gain of a stack over one boosted model on tables this small",
	},
	lines_of_code: 1_100,
	interpretability: "low",
	leak_safety:
		"Out-of-fold predictions by customer; encodings fitted inside each fold",
	risks_addressed: riskIds(request).slice(0, 5),
}));

const pragmatic = design("pragmatic", (request) => {
	const { rated, late } = columnsIn(request.calls);
	return {
		name: "Gradient-boosted trees with fold-wise encoding",
		summary: `Shallow boosted trees on all columns but \`${late}\`, with \`${rated}\` encoded by smoothed rates that are fitted on training rows only. Trees find the interactions that the logistic baseline cannot, and stay small enough to read.`,
		architecture:
			"About a hundred trees of depth three on quantile-binned columns, fitted to the gradient of the log loss with shrinkage. One module for the model, one for the encoding; the loader and the split of the repository stay as they are.",
		inputs: `All numeric columns but ${late}; categories, ${rated} as a smoothed rate`,
		outputs: "Probability of the positive class per row",
		training: {
			loss: "Log loss",
			optimizer: "Gradient boosting with Newton leaf values, shrinkage 0.1",
			schedule: "Early stopping on an inner split by customer",
		},
		inference: "Weekly batch; well under a second for two thousand rows",
		resources: { training_minutes: 1, memory_mb: 120, gpu: false },
		expected_metric: {
			low: 0.4,
			high: 0.5,
			source:
				"interactions visible in the profile; boosted trees on similar tables",
		},
		lines_of_code: 380,
		interpretability: "medium",
		leak_safety: LEAK_SAFE,
		risks_addressed: riskIds(request),
	};
});

const factCheck = script("phase 4: fact-check", { assignment: "fact-check" }, [
	() => lookAround,
	() => [
		call("submit_fact_check", {
			verdicts: [
				{
					about: "baseline",
					verdict: "confirmed",
					confidence: 90,
					remark:
						"Believable: more columns, same linear limits, cost as stated",
				},
				{
					about: "state-of-the-art",
					verdict: "refuted",
					confidence: 85,
					remark:
						"The gain over one boosted model is within noise at this size, and a hand-written network is a risk of its own",
				},
				{
					about: "pragmatic",
					verdict: "confirmed",
					confidence: 90,
					remark:
						"Encoding is fitted on training rows only; size and cost fit two thousand rows",
				},
			],
		}),
	],
]);

const pipeline = script(
	"phase 5: training pipeline",
	{ assignment: "training-pipeline" },
	[
		() => lookAround,
		({ calls }) => {
			const { group } = columnsIn(calls);
			return [
				call("submit_training_pipeline", {
					summary:
						"One training module reads the table, splits by customer, fits encoding and model, stops early on an inner split and writes a JSON checkpoint and a run log. It needs no service and no new dependency.",
					experiment_tracking:
						"A JSONL run log beside the checkpoint: seed, data digest, parameters, losses, metric",
					structure:
						"load rows → split by customer → fit encoding on training rows → boost with early stopping → write checkpoint and run log. Configuration is one dataclass; scoring loads the checkpoint and nothing else.",
					data_loading:
						"The repository's loader, whole table in memory; two thousand rows need no batches",
					distribution: "None: a run takes seconds on one core",
					checkpointing:
						"model.json with format version, parameters, trees and encoding; loads without training code",
					hyperparameters: [
						{ name: "trees", value: "at most 120, early stopping after 15" },
						{ name: "depth", value: "3" },
						{ name: "learning rate", value: "0.1" },
						{ name: "rows per leaf", value: "20" },
						{ name: "smoothing", value: "20 rows" },
					],
					resources: "One core, 150 MB, under a minute",
					orchestration:
						"The weekly cron job that exists; train on demand, score on Mondays",
					reproducibility: `Seeded split by ${group}, sorted inputs, digest of the table in the run log`,
				}),
			];
		},
	],
);

const evaluationPlan = script(
	"phase 6: evaluation plan",
	{ assignment: "evaluation-plan" },
	[
		() => [...lookAround, call("glob", { pattern: "data/*" })],
		({ calls }) => {
			const { id, group, label, slices } = columnsIn(calls);
			return [
				call("submit_evaluation_plan", {
					summary: `A fifth of the customers is held out, by \`${group}\`, and scored once. The new model has to beat the existing baseline in PR-AUC by at least 0.03, and the paired bootstrap interval of the difference has to stay above zero. Three training seeds, median counts.`,
					contract: {
						task: "binary classification",
						data: "data/customers.csv",
						label,
						positive: "1",
						id,
						split: { kind: "group", group, held_out: 0.2 },
						seeds: [11, 23, 37],
						primary: { metric: "pr_auc", minimum_delta: 0.03 },
						secondary: ["roc_auc", "log_loss", "brier"],
						alpha: 0.05,
						slices: [...slices],
					},
					validation:
						"Early stopping and tuning on an inner split of the training customers",
					significance:
						"Paired bootstrap over held-out customers, 95 % interval of the difference",
					baselines: [
						"The repository's logistic baseline, trained on the same rows",
						"A constant score: the positive share",
					],
					monitoring: [
						"Weekly distribution of scores against the training month",
						"Share of unknown categories and missing numbers",
						"PR-AUC a month later, when labels have arrived",
					],
					ab_test:
						"Call half of the eighty by the old habit for four weeks; compare customers kept per call",
				}),
			];
		},
	],
);

export const designing: Rule[] = [
	baseline,
	stateOfTheArt,
	pragmatic,
	factCheck,
	pipeline,
	evaluationPlan,
];
