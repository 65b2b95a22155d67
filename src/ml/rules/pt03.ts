// A network is judged in training mode.
import { field } from "../python/node.ts";
import { callersOf } from "../python/torch/callers.ts";
import type { EvaluationLoop } from "../python/torch/evaluation-loops.ts";
import { inEvaluationMode } from "../python/torch/modes.ts";
import { trainingMode } from "../python/torch/networks.ts";
import type { Program } from "../python/torch/program.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import { insertBefore } from "./edits.ts";
import type { Rule } from "./rule.ts";

export const PT03: Rule = {
	id: "PT03",
	title: "The network is evaluated in training mode",
	severity: "high",
	confidence: 88,
	why: "In training mode dropout removes units at random and batch normalisation uses, and updates, the statistics of the batch at hand. A score taken so is noisy, depends on the batch size, and lets held-out data move the network's running statistics.",
	references: [
		"https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.eval",
	],
	bad: `import torch

model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Dropout(0.5), torch.nn.Linear(8, 2))
correct = 0
with torch.no_grad():
    for x, y in test_loader:
        correct += (model(x).argmax(1) == y).sum().item()
`,
	good: `import torch

model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Dropout(0.5), torch.nn.Linear(8, 2))
correct = 0
model.eval()
with torch.no_grad():
    for x, y in test_loader:
        correct += (model(x).argmax(1) == y).sum().item()
`,
	check: (code) => {
		const { program, evaluation } = torchCode(code.modules);
		return evaluation.flatMap((loop) => {
			if (/mc_|monte|dropout|uncertain|bayes/i.test(loop.scope.name)) return [];
			if (inEvaluationMode(program, loop) !== false) return [];
			const part = partOf(program, loop);
			if (!part) return [];
			const { scope, node, asked, network } = loop;
			const { path } = scope;
			const isHere = asked.scope === scope;
			return [
				{
					path,
					startLine: node.line,
					endLine: node.line,
					message: `The loop over held-out data asks "${network.text}" (line ${asked.node.line}${isHere ? "" : ` of ${asked.scope.path}`}), which contains ${part}, and nothing on the way here has set it to evaluation mode. The score is that of a network in training.`,
					suggestion: `Call ${network.text}.eval() before the loop, and ${network.text}.train() before training goes on.`,
					...(isHere
						? {
								fix: [insertBefore(code, path, node, `${network.text}.eval()`)],
							}
						: {}),
				},
			];
		});
	},
};

/** What makes training mode matter; of a parameter, as those who call give it. */
function partOf(
	program: Program,
	{ asked, network }: EvaluationLoop,
): string | undefined {
	const { scope } = asked;
	const here = trainingMode(program, scope, network);
	const at = scope.parameters.indexOf(network.text);
	if (here || at < 0) return here;
	for (const { scope: outer, call } of callersOf(program, scope)) {
		const list = field(call, "arguments")?.children ?? [];
		const named = list.find(
			(one) =>
				one.type === "keyword_argument" &&
				field(one, "name")?.text === network.text,
		);
		const given =
			(named && field(named, "value")) ?? list[at - (scope.owner ? 1 : 0)];
		const part = given && trainingMode(program, outer, given);
		if (part) return part;
	}
	return undefined;
}
