// Loops in which weights are learnt: the innermost around both a backward pass
// and an optimizer's step.
import type { PyNode } from "../node.ts";
import type { Program } from "./program.ts";
import type { Scope } from "./scope.ts";
import { isBackward, optimizerOf } from "./signs.ts";
import { bodyOf, type Step, shareLoop, stepsOf } from "./steps.ts";
import { walk } from "./walk.ts";

export interface Loop {
	readonly scope: Scope;
	/** The `for` or `while` statement. */
	readonly node: PyNode;
	/** All that it does, in order. */
	readonly steps: readonly Step[];
}

export interface TrainingLoop extends Loop {
	readonly backward: Step;
	readonly update: Step;
	readonly optimizer: string;
}

export function loopsIn(program: Program, scope: Scope): Loop[] {
	const loops: Loop[] = [];
	walk(scope.body, (node) => {
		if (/^(for|while)_statement$/.test(node.type))
			loops.push({ scope, node, steps: stepsOf(program, scope, bodyOf(node)) });
	});
	return loops;
}

export function trainingLoopOf(
	program: Program,
	loop: Loop,
): TrainingLoop | undefined {
	const backwards = loop.steps.filter(isBackward);
	if (!backwards.length) return undefined;
	for (const update of loop.steps) {
		const optimizer = optimizerOf(program, update);
		const backward =
			optimizer && backwards.find((one) => !shareLoop(one, update));
		if (optimizer && backward) return { ...loop, backward, update, optimizer };
	}
	return undefined;
}
