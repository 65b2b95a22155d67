// Schedulers, clipping and scalers in the wrong order around the step.
import { field } from "../python/node.ts";
import type { Program } from "../python/torch/program.ts";
import { isBackward, optimizerOf } from "../python/torch/signs.ts";
import { loopsOf, type Step } from "../python/torch/steps.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import type { TrainingLoop } from "../python/torch/training-loops.ts";
import type { Place, Rule } from "./rule.ts";

export const PT09: Rule = {
	id: "PT09",
	title: "The order around the optimizer's step is wrong",
	severity: "medium",
	confidence: 88,
	why: "Clipping after the step clips a gradient that nobody uses any more. Clipping the gradient of a scaled loss compares the limit with numbers that are larger by the scale (65,536 at first): practically every step is then cut to almost nothing. A scheduler stepped before the optimizer skips the first learning rate.",
	references: [
		"https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate",
		"https://pytorch.org/docs/stable/notes/amp_examples.html#gradient-clipping",
	],
	bad: `import torch

optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in batches:
    optimizer.zero_grad()
    (model(x) - y).pow(2).mean().backward()
    optimizer.step()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
`,
	good: `import torch

optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in batches:
    optimizer.zero_grad()
    (model(x) - y).pow(2).mean().backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
`,
	check: (code) => {
		const { program, training } = torchCode(code.modules);
		const places = new Map<string, Place>();
		for (const loop of training)
			for (const place of inLoop(program, loop)) {
				const key = `${place.path}:${place.startLine}`;
				if (!places.has(key)) places.set(key, place);
			}
		return [...places.values()];
	},
};

const CLIPS = /^clip_grad_(norm|value)_?$/;

function inLoop(program: Program, loop: TrainingLoop): Place[] {
	// Two optimizers take turns in ways of their own.
	const own = loop.steps.filter((step) => loopsOf(step).length === 0);
	const updates = own.filter((step) => optimizerOf(program, step));
	const [update] = updates;
	if (!update || updates.length > 1) return [];
	const at = own.indexOf(update);
	const places: Place[] = [];
	const clip = own.findIndex(({ method }) => CLIPS.test(method));
	const lastBackward = own.findLastIndex(isBackward);
	if (clip > at && lastBackward < at && lastBackward >= 0)
		places.push(
			placeOf(
				own[clip],
				`the step in line ${update.via.line} has already used the gradient`,
				"Clip between backward() and step().",
			),
		);
	const scaled = own.find(
		(step) =>
			isBackward(step) && /\.scale\(/.test(step.on) && /scaler/i.test(step.on),
	);
	if (
		scaled &&
		clip >= 0 &&
		clip < at &&
		update.positional.length === 1 &&
		!own.some(({ method }) => method === "unscale_")
	)
		places.push(
			placeOf(
				own[clip],
				`the gradient is still multiplied by the scaler's factor, as nothing has called unscale_`,
				`Call ${update.on || update.receiver?.text}.unscale_(${update.positional[0]?.text}) before clipping.`,
			),
		);
	const schedule = own.findIndex((step) => isScheduler(program, step));
	if (
		schedule >= 0 &&
		schedule < at &&
		schedule > lastBackward &&
		lastBackward >= 0
	)
		places.push(
			placeOf(
				own[schedule],
				`the optimizer steps only in line ${update.via.line}, so the first learning rate is skipped`,
				"Step the scheduler after the optimizer.",
			),
		);
	return places;
}

function isScheduler(
	program: Program,
	{ method, receiver, scope }: Step,
): boolean {
	if (method !== "step" || !receiver) return false;
	const made = program.madeBy(scope, receiver);
	if (made && /lr_scheduler|(Scheduler|LR)$/.test(made.callee.text))
		return true;
	return (
		/sched/i.test(receiver.text) &&
		(!made || field(made.call, "arguments") !== undefined)
	);
}

function placeOf(
	step: Step | undefined,
	because: string,
	suggestion: string,
): Place {
	const { node, scope, method } = step as Step;
	return {
		path: scope.path,
		startLine: node.line,
		endLine: node.endLine,
		message: `${method} comes at the wrong time here: ${because}.`,
		suggestion,
	};
}
