// The gradient is cleared after it was computed and before it is used.
import { field, type PyNode } from "../python/node.ts";
import type { Program } from "../python/torch/program.ts";
import type { Scope } from "../python/torch/scope.ts";
import { clears, isBackward, optimizerOf } from "../python/torch/signs.ts";
import { blocksIn } from "../python/torch/statements.ts";
import { type Step, stepsOf } from "../python/torch/steps.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import type { Code } from "./code.ts";
import { moveBehind } from "./edits.ts";
import type { Place, Rule } from "./rule.ts";

export const PT02: Rule = {
	id: "PT02",
	title: "The gradient is cleared between backward() and step()",
	severity: "critical",
	confidence: 95,
	byConstruction: true,
	why: "The optimizer steps with a gradient of zero, or with none: the weights do not learn from the batch at all. Momentum and weight decay may still move them, so the loss can change and hide it.",
	references: [
		"https://pytorch.org/docs/stable/generated/torch.optim.Optimizer.zero_grad.html",
	],
	bad: `import torch

optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in batches:
    loss = (model(x) - y).pow(2).mean()
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
`,
	good: `import torch

optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in batches:
    loss = (model(x) - y).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
	check: (code) => {
		const torch = torchCode(code.modules);
		return torch.scopes.flatMap((scope) =>
			blocksIn(scope).flatMap((block) =>
				inBlock(code, torch.program, scope, block),
			),
		);
	},
};

function inBlock(
	code: Code,
	program: Program,
	scope: Scope,
	block: readonly PyNode[],
): Place[] {
	const does = (statement: PyNode) => stepsOf(program, scope, statement);
	return block.flatMap((statement, at) => {
		if (statement.type !== "expression_statement") return [];
		const zero = does(statement).find(clears);
		if (!zero) return [];
		const backward = before(block.slice(0, at).map(does));
		const update = backward && after(program, block.slice(at + 1), zero, does);
		return update ? [placeOf(code, scope, zero, update, backward)] : [];
	});
}

/** The backward pass whose gradient is still there. */
function before(earlier: readonly (readonly Step[])[]): Step | undefined {
	for (const steps of earlier.toReversed()) {
		const backward = steps.find(isBackward);
		if (backward) return backward;
		if (steps.some((step) => clears(step) || step.method === "step")) break;
	}
	return undefined;
}

/** The step that finds the gradient cleared, when nothing in between can fill it again. */
function after(
	program: Program,
	later: readonly PyNode[],
	zero: Step,
	does: (statement: PyNode) => Step[],
): Step | undefined {
	for (const statement of later) {
		const steps = does(statement);
		if (steps.some(isBackward)) return undefined;
		const update = steps.find((one) => optimizerOf(program, one) !== undefined);
		if (update)
			return !update.positional.length && isCleared(program, zero, update)
				? update
				: undefined;
		if (!steps.every(({ method, target }) => target || HARMLESS.test(method)))
			return undefined;
	}
	return undefined;
}

const HARMLESS =
	/^(print|item|detach|cpu|numpy|append|update|format|write|log|info|add_scalar|time|float|len|str|sum|mean|clip_grad_\w+|parameters|set_\w+)$/;

/** By itself, or through the model it was made for. */
function isCleared(program: Program, zero: Step, update: Step): boolean {
	if (zero.on === update.on) return true;
	const made = update.receiver && program.madeBy(update.scope, update.receiver);
	const given = made && field(made.call, "arguments")?.text;
	return given?.includes(`${zero.on}.parameters(`) ?? false;
}

function placeOf(
	code: Code,
	scope: Scope,
	{ node, on }: Step,
	update: Step,
	backward: Step,
): Place {
	const { path } = scope;
	const at = { path, startLine: node.line, endLine: node.endLine };
	return {
		...at,
		message: `backward() in line ${backward.via.line} computes the gradient, this line clears it, and the step in line ${update.via.line} finds none. The weights do not learn from the batch.`,
		suggestion: `Move ${on}.zero_grad() before backward(), or behind the step.`,
		fix: moveBehind(code, at, update.via),
	};
}
