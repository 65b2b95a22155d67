// A training loop that never clears the gradient.
import type { PyNode } from "../python/node.ts";
import { writtenIn } from "../python/torch/given.ts";
import { clears } from "../python/torch/signs.ts";
import { standOf } from "../python/torch/statements.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import type { TrainingLoop } from "../python/torch/training-loops.ts";
import type { Code } from "./code.ts";
import { insertBefore } from "./edits.ts";
import type { Fix, Place, Rule } from "./rule.ts";

export const PT01: Rule = {
	id: "PT01",
	title: "The training loop never clears the gradient",
	severity: "critical",
	confidence: 92,
	why: "`backward()` adds to `.grad`. Where nothing clears it, each step follows the sum of all gradients so far: it acts like a learning rate that grows with every batch, in a direction that is out of date. Training still runs, so nothing tells.",
	references: [
		"https://pytorch.org/docs/stable/generated/torch.optim.Optimizer.zero_grad.html",
	],
	bad: `import torch

model = torch.nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in batches:
    loss = (model(x) - y).pow(2).mean()
    loss.backward()
    optimizer.step()
`,
	good: `import torch

model = torch.nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in batches:
    optimizer.zero_grad()
    loss = (model(x) - y).pow(2).mean()
    loss.backward()
    optimizer.step()
`,
	check: (code) => {
		const places = new Map<string, Place>();
		for (const loop of torchCode(code.modules).training) {
			if (loop.steps.some(clears) || isExempt(loop)) continue;
			const { backward } = loop;
			const key = `${backward.scope.path}:${backward.node.line}`;
			if (!places.has(key)) places.set(key, placeOf(code, loop));
		}
		return [...places.values()];
	},
};

function isExempt(loop: TrainingLoop): boolean {
	const { node, steps, backward, optimizer } = loop;
	const [root = ""] = optimizer.split(/[.[]/);
	return (
		// An engine such as DeepSpeed's clears the gradient in its own step.
		steps.some(({ method, on }) => method === "step" && on === backward.on) ||
		// Made anew in each turn, with parameters that have no gradient yet.
		(root !== "self" && writtenIn(node).has(root)) ||
		runsOnce(node) ||
		isComputedOutside(loop)
	);
}

/** The loop repeats one gradient: whoever writes so wants the sum, or another rule. */
function isComputedOutside({ node, scope, backward }: TrainingLoop): boolean {
	const { receiver, positional } = backward;
	const loss = positional[0] ?? receiver;
	return (
		backward.scope === scope &&
		loss?.type === "identifier" &&
		!writtenIn(node).has(loss.text)
	);
}

const runsOnce = ({ children }: PyNode) =>
	children.some(({ text }) => /^range\(\s*(0\s*,\s*)?1\s*\)$/.test(text));

function placeOf(code: Code, loop: TrainingLoop): Place {
	const { backward, optimizer, node, scope } = loop;
	const { path } = backward.scope;
	const { line, endLine } = backward.node;
	const fix = fixOf(code, loop);
	return {
		path,
		startLine: line,
		endLine,
		message: `The loop at ${scope.path === path ? "" : `${scope.path}, `}line ${node.line} adds a gradient here and steps with "${optimizer}", but neither the loop nor what it calls clears the gradient. Every step therefore follows the sum of the gradients of all batches so far.`,
		suggestion: `Call ${optimizer}.zero_grad() once per step, before backward(); with accumulation, right after the step.`,
		...(fix ? { fix } : {}),
	};
}

/** Only where both stand in one block: with accumulation, somebody has to choose the place. */
function fixOf(
	code: Code,
	{ backward, update }: TrainingLoop,
): Fix | undefined {
	if (backward.scope !== update.scope) return undefined;
	const first = standOf(backward.scope, backward.node);
	const then = standOf(update.scope, update.node);
	if (!first || !then?.block.includes(first.statement)) return undefined;
	const { path } = backward.scope;
	const optimizer =
		update.method === "step" && !update.positional.length
			? update.receiver?.text
			: update.positional[0]?.text;
	if (!optimizer) return undefined;
	const call = `${optimizer}.zero_grad()`;
	return [insertBefore(code, path, first.statement, call)];
}
