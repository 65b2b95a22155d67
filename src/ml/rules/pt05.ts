// Held-out data is run through a network with gradients on.
import { withoutGradients } from "../python/torch/modes.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import type { Rule } from "./rule.ts";

export const PT05: Rule = {
	id: "PT05",
	title: "Evaluation keeps the graph for gradients nobody asks for",
	severity: "medium",
	confidence: 85,
	why: "With gradients on, each forward pass keeps all activations until its result is let go. The score stays the same; memory and time do not, and a loss kept in a list keeps its whole graph with it.",
	references: ["https://pytorch.org/docs/stable/generated/torch.no_grad.html"],
	bad: `import torch

model = torch.nn.Linear(4, 2)
model.eval()
correct = 0
for x, y in test_loader:
    correct += (model(x).argmax(1) == y).sum().item()
`,
	good: `import torch

model = torch.nn.Linear(4, 2)
model.eval()
correct = 0
with torch.no_grad():
    for x, y in test_loader:
        correct += (model(x).argmax(1) == y).sum().item()
`,
	check: (code) => {
		const { program, evaluation } = torchCode(code.modules);
		return evaluation.flatMap((loop) => {
			if (withoutGradients(program, loop) !== false) return [];
			const { scope, node, asked, network } = loop;
			const where = asked.scope === scope ? "" : ` of ${asked.scope.path}`;
			return [
				{
					path: scope.path,
					startLine: node.line,
					endLine: node.line,
					message: `The loop over held-out data asks "${network.text}" (line ${asked.node.line}${where}) with gradients on, and never uses them: neither a no_grad or inference_mode around it nor around those who call it.`,
					suggestion:
						"Put `with torch.no_grad():` around the loop, or decorate its function with @torch.no_grad().",
				},
			];
		});
	},
};
