// What the torch rules read of a repository, found once however many ask.
import type { PyNode } from "../node.ts";
import { type EvaluationLoop, evaluationLoopOf } from "./evaluation-loops.ts";
import { Program } from "./program.ts";
import type { Scope } from "./scope.ts";
import { usesTorch } from "./signs.ts";
import {
	type Loop,
	loopsIn,
	type TrainingLoop,
	trainingLoopOf,
} from "./training-loops.ts";

export interface TorchCode {
	readonly program: Program;
	/** Of files that work with torch. */
	readonly scopes: readonly Scope[];
	readonly loops: readonly Loop[];
	readonly training: readonly TrainingLoop[];
	/** The innermost that ask a network. */
	readonly evaluation: readonly EvaluationLoop[];
}

const known = new WeakMap<ReadonlyMap<string, PyNode>, TorchCode>();

export function torchCode(modules: ReadonlyMap<string, PyNode>): TorchCode {
	const found = known.get(modules) ?? read(modules);
	known.set(modules, found);
	return found;
}

function read(modules: ReadonlyMap<string, PyNode>): TorchCode {
	const program = new Program(modules);
	const scopes = [...modules].flatMap(([path, module]) =>
		usesTorch(module) ? program.scopes(path) : [],
	);
	const loops = scopes.flatMap((scope) => loopsIn(program, scope));
	const training = loops.flatMap((loop) => trainingLoopOf(program, loop) ?? []);
	const evaluation = loops.flatMap(
		(loop) => evaluationLoopOf(program, loop) ?? [],
	);
	return { program, scopes, loops, training, evaluation };
}
