// Held-out data is run through a network with gradients on.
import { boundName } from "../python/bound-name.ts";
import { nodesIn } from "../python/nodes.ts";
import type { EvaluationLoop } from "../python/torch/evaluation-loops.ts";
import { withoutGradients } from "../python/torch/modes.ts";
import type { Program } from "../python/torch/program.ts";
import type { Scope } from "../python/torch/scope.ts";
import { isBackward } from "../python/torch/signs.ts";
import { stepsOf } from "../python/torch/steps.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import type { Code } from "./code.ts";
import { insertBefore, wrapInWith } from "./edits.ts";
import type { Fix, Rule } from "./rule.ts";

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
			const fix = fixOf(code, program, loop);
			return [
				{
					path: scope.path,
					startLine: node.line,
					endLine: node.line,
					message: `The loop over held-out data asks "${network.text}" (line ${asked.node.line}${where}) with gradients on, and never uses them: neither a no_grad or inference_mode around it nor around those who call it.`,
					suggestion:
						"Put `with torch.no_grad():` around the loop, or decorate its function with @torch.no_grad().",
					...(fix ? { fix } : {}),
				},
			];
		});
	},
};

/** In a function that only evaluates one line does it; elsewhere the loop moves in. */
function fixOf(
	code: Code,
	program: Program,
	{ scope, node }: EvaluationLoop,
): Fix | undefined {
	const { path, module } = scope;
	const call = boundName(module, "torch.no_grad");
	// What is handed out halfway would be used with gradients off.
	const handsOut = [...nodesIn(node)].some(({ type }) => type === "yield");
	if (!call || handsOut) return undefined;
	if (onlyEvaluates(program, scope))
		return [insertBefore(code, path, scope.node, `@${call}()`)];
	const edit = wrapInWith(code, path, node, `${call}()`);
	return edit && [edit];
}

const LEARNS = /grad|optim|\.(step|fit)\(|\byield\b|\btrain/;

const onlyEvaluates = (program: Program, scope: Scope): boolean =>
	scope.name !== "" &&
	!/^async\b/.test(scope.node.text) &&
	!LEARNS.test(scope.node.text) &&
	!stepsOf(program, scope, scope.body).some(isBackward);
