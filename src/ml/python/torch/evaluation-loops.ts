// Loops over held-out data in which a network is asked and nothing is learnt.
import { field, type PyNode } from "../node.ts";
import { looksLikeNetwork } from "./networks.ts";
import type { Program } from "./program.ts";
import { isBackward } from "./signs.ts";
import type { Step } from "./steps.ts";
import type { Loop } from "./training-loops.ts";

export interface EvaluationLoop extends Loop {
	/** Where the network is asked. */
	readonly asked: Step;
	/** What is called. */
	readonly network: PyNode;
}

const HELD_OUT =
	/^(val|valid|validation|test|testing|tst|dev|eval|evaluation|holdout)$/;
const TAIL =
	/(loader|dataloader|set|data|dataset|dl|iter|iterator|gen|generator|batch|batches)s?$/;

export function evaluationLoopOf(
	program: Program,
	loop: Loop,
): EvaluationLoop | undefined {
	const { node, scope, steps } = loop;
	const over = node.type === "for_statement" ? field(node, "right") : undefined;
	if (!over || !isHeldOut(over.text, scope.name)) return undefined;
	if (
		steps.some(
			(step) =>
				isBackward(step) || /^(grad|requires_grad_?)$/.test(step.method),
		)
	)
		return undefined;
	for (const asked of steps) {
		const network = field(asked.node, "function");
		if (
			network &&
			!asked.target &&
			looksLikeNetwork(program, asked.scope, network)
		)
			return { ...loop, asked, network };
	}
	return undefined;
}

/** `val_loader`, `testloader`, `dataloaders["val"]`, or `loader` in a function `evaluate`. */
export function isHeldOut(over: string, functionName: string): boolean {
	const words = wordsOf(over);
	if (words.some((word) => /^train/.test(word))) return false;
	if (words.some(names)) return true;
	const [first = "", second = ""] = wordsOf(functionName);
	const isTest = /^(validate|test|evaluate|eval|val|valid|validation)$/;
	return (
		(isTest.test(first) || isTest.test(second)) &&
		!/train/.test(functionName) &&
		words.some((word) => TAIL.test(word))
	);
}

const names = (word: string) =>
	HELD_OUT.test(word) || HELD_OUT.test(word.replace(TAIL, ""));

const wordsOf = (text: string): string[] =>
	text
		.replace(/([a-z])([A-Z])/g, "$1_$2")
		.toLowerCase()
		.split(/[^a-z]+/)
		.filter(Boolean);
