// What single calls mean for training.
import { fullName, importsOf } from "../called.ts";
import type { PyNode } from "../node.ts";
import type { Program } from "./program.ts";
import type { Scope } from "./scope.ts";
import type { Step } from "./steps.ts";

const OTHERS =
	/^(mxnet|paddle|oneflow|jittor|mindspore|chainer|tinygrad)(\.|$)/;

/** Whether a file works with torch, and with none of those that look like it. */
export function usesTorch(module: PyNode): boolean {
	const names = [...importsOf(module).values(), ...importedWhole(module)];
	return (
		names.some((name) => /^(torch|torchvision)(\.|$)/.test(name)) &&
		!names.some((name) => OTHERS.test(name))
	);
}

/** `import torch` without another name for it. */
function importedWhole(module: PyNode): string[] {
	return module.children
		.filter(({ type }) => type === "import_statement")
		.flatMap(({ children }) => children.map(({ text }) => text));
}

/** Gradients of distributed autograd live in its context, not in `.grad`. */
export const isBackward = ({ method, target, name }: Step): boolean =>
	/^(manual_)?backward$/.test(method) &&
	!target &&
	!name.startsWith("torch.distributed.autograd.");

export const clears = ({ method, receiver }: Step): boolean =>
	/zero_?grad|reset_?grad|clear_?grad/i.test(method) ||
	(method === "zero_" && /\bgrad\b/.test(receiver?.text ?? ""));

/** The optimizer whose step a call takes, in the words of the start. */
export function optimizerOf(program: Program, step: Step): string | undefined {
	const { method, receiver, positional, on, scope, name } = step;
	if (method === "optimizer_step" || name.endsWith("xm.optimizer_step"))
		return positional[0]?.text;
	if (method !== "step" || !receiver || NOT_ONE.test(receiver.text))
		return undefined;
	const [given] = positional;
	if (given && isOptimizer(program, scope, given, given.text))
		return given.text;
	return isOptimizer(program, scope, receiver, on) ? on : undefined;
}

const NAMED_SO = /(^|[._])([a-z]+_)?opt(s|_|\d|[A-Z]|$)|optim|^(sgd|adam\w?)$/;
const NOT_ONE = /sched|lr_|profiler/i;
const MADE_BY =
	/(^|\.)(optim\.\w+|\w*(SGD|Adam|AdamW|RMSprop|Adagrad|LBFGS|Optimizer))$/;

function isOptimizer(
	program: Program,
	scope: Scope,
	node: PyNode,
	word: string,
): boolean {
	const made = program.madeBy(scope, node);
	const maker = made && fullName(made.callee, made.scope.module);
	if (maker && MADE_BY.test(maker)) return !/lr_scheduler/.test(maker);
	const names = [node.text, word].map((text) =>
		text.replace(/\[[^\]]*\]/g, ""),
	);
	return names.some((name) => NAMED_SO.test(name) && !NOT_ONE.test(name));
}

/** `model.train()` and `model.train(True)`; not a function of that name. */
export const setsTraining = ({ method, receiver, positional, target }: Step) =>
	method === "train" &&
	receiver !== undefined &&
	!target &&
	positional.length <= 1;

export const setsEvaluation = ({
	method,
	receiver,
	positional,
	named,
	target,
}: Step) =>
	receiver !== undefined &&
	!target &&
	((/^(eval|freeze)$/.test(method) && positional.length === 0) ||
		(method === "train" && positional.length + named.size > 0));
