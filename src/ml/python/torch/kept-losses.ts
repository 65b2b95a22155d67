// Losses that a loop adds up or collects as tensors, with their graphs.
import { readCalled } from "../called.ts";
import { field, type PyNode } from "../node.ts";
import { evaluationLoopOf } from "./evaluation-loops.ts";
import { writtenIn } from "./given.ts";
import { withoutGradients } from "./modes.ts";
import type { Program } from "./program.ts";
import type { Scope } from "./scope.ts";
import { isBackward } from "./signs.ts";
import { bodyOf } from "./steps.ts";
import type { Loop } from "./training-loops.ts";
import { walk } from "./walk.ts";

export interface KeptLoss {
	readonly scope: Scope;
	readonly loop: PyNode;
	/** The loss, as it is written there. */
	readonly loss: PyNode;
	/** Where it goes. */
	readonly kept: string;
	readonly statement: PyNode;
}

export function keptLosses(program: Program, loop: Loop): KeptLoss[] {
	const { scope, node, steps } = loop;
	const trained = new Set(
		steps
			.filter((step) => isBackward(step) && step.scope === scope)
			.flatMap(({ node: call }) => namesIn(call)),
	);
	const judged = trained.size === 0 && judgedLosses(program, loop);
	const losses = judged || trained;
	if (losses.size === 0) return [];
	return keepersIn(bodyOf(node))
		.filter(({ loss, kept }) => {
			const name = loss.text;
			return (
				losses.has(name) &&
				!isLetGo(node, name) &&
				!isLearntFrom(scope, kept) &&
				!isReset(node, kept)
			);
		})
		.map((found) => ({ ...found, scope, loop: node }));
}

/** In a loop that only judges, with gradients on: what a criterion gave. */
function judgedLosses(program: Program, loop: Loop): Set<string> | undefined {
	const evaluation = evaluationLoopOf(program, loop);
	if (!evaluation || withoutGradients(program, evaluation) !== false)
		return undefined;
	const names = [...writtenIn(bodyOf(loop.node))].flatMap(([name, given]) =>
		given.some(({ value }) => IS_LOSS.test(value.text)) && /^\w+$/.test(name)
			? [name]
			: [],
	);
	return new Set(names);
}

const IS_LOSS =
	/^[\w.]*(criterion|criteon|loss|loss_fn|loss_function|cross_entropy|nll_loss|mse_loss)\w*\s*\((?!.*\.(item|detach|data)\b)/i;

/** `total += loss`, `total += loss * n`, `losses.append(loss)`; not what inner loops keep. */
function keepersIn(body: PyNode) {
	const found: { loss: PyNode; kept: string; statement: PyNode }[] = [];
	walkOwn(body, (node) => {
		if (node.type === "augmented_assignment") {
			const [left, right] = [field(node, "left"), field(node, "right")];
			const sign = field(node, "operator")?.text;
			const loss = right && sign === "+=" ? tensorOf(right) : undefined;
			if (left && loss) found.push({ loss, kept: left.text, statement: node });
		}
		if (node.type !== "call") return;
		const callee = field(node, "function");
		const [list, method] = callee
			? [field(callee, "object"), field(callee, "attribute")]
			: [];
		const [only] = field(node, "arguments")?.children ?? [];
		if (list && method?.text === "append" && only?.type === "identifier")
			found.push({ loss: only, kept: list.text, statement: node });
	});
	return found;
}

function walkOwn(body: PyNode, look: (node: PyNode) => void): void {
	look(body);
	for (const child of body.children)
		if (!/_definition$|^(for|while)_statement$|^lambda$/.test(child.type))
			walkOwn(child, look);
}

/** `loss`, also times or by a number: what is still a tensor with its graph. */
function tensorOf(node: PyNode): PyNode | undefined {
	if (node.type === "identifier") return node;
	if (node.type === "parenthesized_expression")
		return node.children[0] && tensorOf(node.children[0]);
	if (node.type !== "binary_operator") return undefined;
	const [left, right] = [field(node, "left"), field(node, "right")];
	const isNumber = (one?: PyNode) =>
		one &&
		/^(integer|float)$|^(len\(|\w+\.size\(|batch_size|\w+\.shape\[)/.test(
			/^(integer|float)$/.test(one.type) ? one.type : one.text,
		);
	if (left && isNumber(right)) return tensorOf(left);
	return right && isNumber(left) ? tensorOf(right) : undefined;
}

/** Somewhere in the loop the name becomes a plain number. */
function isLetGo(loop: PyNode, name: string): boolean {
	const given = writtenIn(loop).get(name) ?? [];
	return (
		given.some(({ value }) =>
			/\.(item|detach|data|numpy|tolist)\b|^float\(/.test(value.text),
		) || new RegExp(`\\b${name}\\.detach_\\(`).test(loop.text)
	);
}

/** The sum itself is what is learnt from. */
function isLearntFrom({ body }: Scope, kept: string): boolean {
	const learnt = new Set<string>();
	const from = new Map<string, string[]>();
	walk(body, (node) => {
		if (node.type === "call") {
			const { method } = readCalled(node, body);
			if (/backward$|^grad$/.test(method))
				for (const name of namesIn(node)) learnt.add(name);
		}
	});
	for (const [name, given] of writtenIn(body))
		from.set(
			name,
			given.map(({ value }) => value.text),
		);
	const uses = (text: string, name: string) =>
		text
			.split(/[^\w.]+/)
			.some((word) => word === name || word.startsWith(`${name}.`));
	return (
		learnt.has(kept) ||
		[...learnt].some((name) =>
			(from.get(name) ?? []).some((text) => uses(text, kept)),
		)
	);
}

/** Begun anew, or let go, in each turn of the loop. */
const isReset = (loop: PyNode, kept: string): boolean =>
	(writtenIn(bodyOf(loop)).get(kept) ?? []).some(({ by }) => by === "=");

/** Names that a call is about: its receiver's and its arguments'. */
function namesIn(call: PyNode): string[] {
	const names: string[] = [];
	walk(call, ({ type, text }) => {
		if (/^(identifier|attribute)$/.test(type)) names.push(text);
	});
	return names;
}
