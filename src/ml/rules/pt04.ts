// Evaluation mode is switched on between epochs and never off again.

import { readCalled } from "../python/called.ts";
import { field } from "../python/node.ts";
import { nodesIn } from "../python/nodes.ts";
import { trainingMode } from "../python/torch/networks.ts";
import type { Program } from "../python/torch/program.ts";
import {
	isBackward,
	optimizerOf,
	setsEvaluation,
	setsTraining,
} from "../python/torch/signs.ts";
import { type Step, shareLoop } from "../python/torch/steps.ts";
import { type TorchCode, torchCode } from "../python/torch/torch-code.ts";
import type { Loop } from "../python/torch/training-loops.ts";
import type { Place, Rule } from "./rule.ts";

export const PT04: Rule = {
	id: "PT04",
	title: "Training goes on in evaluation mode",
	severity: "high",
	confidence: 85,
	why: "`eval()` stays in force until `train()` is called. From the second epoch on, dropout does nothing and batch normalisation no longer learns its statistics: the network is trained without the regularisation its settings promise, and nothing says so.",
	references: [
		"https://pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.train",
	],
	bad: `import torch

model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Dropout(), torch.nn.Linear(8, 1))
optimizer = torch.optim.Adam(model.parameters())
model.train()
for epoch in range(10):
    for x, y in train_loader:
        optimizer.zero_grad()
        (model(x) - y).pow(2).mean().backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        print(sum((model(x) - y).pow(2).mean().item() for x, y in val_loader))
`,
	good: `import torch

model = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Dropout(), torch.nn.Linear(8, 1))
optimizer = torch.optim.Adam(model.parameters())
for epoch in range(10):
    model.train()
    for x, y in train_loader:
        optimizer.zero_grad()
        (model(x) - y).pow(2).mean().backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        print(sum((model(x) - y).pow(2).mean().item() for x, y in val_loader))
`,
	check: (code) => {
		const torch = torchCode(code.modules);
		const places = new Map<string, Place>();
		for (const loop of torch.loops) {
			const { steps, node } = loop;
			const { path } = loop.scope;
			const found = neverRestored(torch, loop);
			if (!found || steps.some(restores)) continue;
			const { scope, node: call, on } = found;
			const place = {
				path: scope.path,
				startLine: call.line,
				endLine: call.endLine,
				message: `Inside the loop that trains "${on}" (${path}, line ${node.line}) it is set to evaluation mode here, and nothing in the loop sets it back. Every turn after the first trains without dropout and with frozen batch statistics.`,
				suggestion: `Call ${on}.train() at the top of each epoch.`,
			};
			const key = `${place.path}:${place.startLine}`;
			if (!places.has(key)) places.set(key, place);
		}
		return [...places.values()];
	},
};

const restores = (step: Step): boolean =>
	setsTraining(step) || /set_mode|set_train|train_mode/.test(step.method);

/** The network that an optimizer of the loop trains is set to evaluation in the loop. */
function neverRestored({ program }: TorchCode, { steps }: Loop) {
	const updates = steps.filter((step) => optimizerOf(program, step));
	const backward = steps.find(isBackward);
	if (!updates.length || !backward) return undefined;
	return steps.find(
		(step) =>
			step.method === "eval" &&
			setsEvaluation(step) &&
			!shareLoop(step, backward) &&
			updates.some((update) => trains(program, update, step.on)),
	);
}

/** Made with the parameters of that network, which computes otherwise while it is trained. */
function trains(program: Program, update: Step, network: string): boolean {
	const made = update.receiver && program.madeBy(update.scope, update.receiver);
	const given = made && field(made.call, "arguments");
	for (const node of given ? nodesIn(given) : []) {
		if (node.type !== "call" || !made) continue;
		const { method, receiver } = readCalled(node, made.scope.module);
		if (method !== "parameters" || receiver?.text !== network) continue;
		return trainingMode(program, made.scope, receiver) !== undefined;
	}
	return false;
}
