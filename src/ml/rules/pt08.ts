// A recurrent state is carried from step to step with its whole past.
import { fullName, readCalled } from "../python/called.ts";
import { field, type PyNode } from "../python/node.ts";
import { writesOf, writtenIn } from "../python/torch/given.ts";
import { looksLikeNetwork } from "../python/torch/networks.ts";
import type { Program } from "../python/torch/program.ts";
import { isBackward } from "../python/torch/signs.ts";
import { bodyOf, loopsOf, type Step } from "../python/torch/steps.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import type { Loop } from "../python/torch/training-loops.ts";
import type { Code } from "./code.ts";
import { insertBehind } from "./edits.ts";
import type { Fix, Place, Rule } from "./rule.ts";

export const PT08: Rule = {
	id: "PT08",
	title: "A recurrent state keeps the graph of all earlier steps",
	severity: "high",
	confidence: 88,
	why: "A state that goes from one training step into the next without `detach()` ties their graphs together: the second `backward()` fails because the first graph is gone, and with `retain_graph=True` every step goes back through all steps before it, slower and larger each time.",
	references: [
		"https://github.com/pytorch/examples/tree/main/word_language_model",
	],
	bad: `import torch

rnn = torch.nn.LSTM(8, 16)
hidden = None
for x, y in chunks:
    optimizer.zero_grad()
    out, hidden = rnn(x, hidden)
    loss = (out - y).pow(2).mean()
    loss.backward(retain_graph=True)
    optimizer.step()
`,
	good: `import torch

rnn = torch.nn.GRU(8, 16)
hidden = None
for x, y in chunks:
    optimizer.zero_grad()
    out, hidden = rnn(x, hidden)
    hidden = hidden.detach()
    loss = (out - y).pow(2).mean()
    loss.backward()
    optimizer.step()
`,
	check: (code) => {
		const { program, loops } = torchCode(code.modules);
		return loops.flatMap((loop) => inLoop(code, program, loop));
	},
};

function inLoop(code: Code, program: Program, loop: Loop): Place[] {
	const { scope, node, steps } = loop;
	// Once a turn: in a loop of its own the backward pass is another matter.
	const backward = steps.find(
		(step) => isBackward(step) && loopsOf(step).length === 0,
	);
	if (!backward) return [];
	const keeps = /retain_graph\s*=\s*True/.test(backward.node.text);
	return bodyOf(node).children.flatMap((statement) => {
		const call = fedBack(statement);
		const callee = call && field(call.node, "function");
		if (!call || !callee || !looksLikeRecurrent(program, loop, callee))
			return [];
		const written = writtenIn(node).get(call.state) ?? [];
		const isLetGo =
			written.length > 1 ||
			new RegExp(`\\b${call.state}(\\[\\w+\\])?\\.(detach_|data)\\b`).test(
				node.text,
			);
		if (isLetGo || (!keeps && letsGoInside(program, loop, callee))) return [];
		const fix = fixOf(code, program, loop, { callee, backward, ...call });
		return [
			{
				path: scope.path,
				startLine: statement.line,
				endLine: statement.endLine,
				message: `"${call.state}" goes into this call and comes out of it for the next turn of the loop (line ${node.line}), and backward() in line ${backward.via.line} runs in every turn. Nothing cuts the state off from the turns before${keeps ? "; retain_graph=True only hides it, and each step goes back through all of them" : ""}.`,
				suggestion: `Detach the state once per turn: ${call.state} = ${call.state}.detach(), of each part where it is a tuple.`,
				confidence: keeps ? 88 : 79,
				...(fix ? { fix } : {}),
			},
		];
	});
}

/** `out, hidden = rnn(x, hidden)` */
function fedBack(
	statement: PyNode,
): { node: PyNode; state: string } | undefined {
	const [assignment] =
		statement.type === "expression_statement" ? statement.children : [];
	if (assignment?.type !== "assignment") return undefined;
	for (const [left, { value, part }] of writesOf(assignment)) {
		if (value.type !== "call" || part === undefined) continue;
		const { positional, named } = readCalled(value, statement);
		const given = [...positional, ...named.values()];
		if (given.some(({ text }) => text === left.text))
			return { node: value, state: left.text };
	}
	return undefined;
}

const RECURRENT =
	/(^|[._])(rnn|lstm|gru|model|net|network|decoder|encoder)\w*$/i;

function looksLikeRecurrent(program: Program, { scope }: Loop, callee: PyNode) {
	const made = program.madeBy(scope, callee)?.callee.text ?? "";
	return (
		RECURRENT.test(callee.text) ||
		/(RNN|LSTM|GRU)(Cell)?$/.test(made) ||
		looksLikeNetwork(program, scope, callee)
	);
}

/** The network itself detaches; undefined classes may. */
function letsGoInside(
	program: Program,
	{ scope }: Loop,
	callee: PyNode,
): boolean {
	const own = program.instanceOf(scope, callee);
	if (own) return /\.(detach_?\(|data\b)|no_grad/.test(own.node.text);
	const made = program.madeBy(scope, callee);
	return !made || !/(RNN|LSTM|GRU)$/.test(made.callee.text);
}

/**
 * Behind backward(), where whatever the loss is made of has done its work. One
 * tensor or a pair of them: only torch's own layers tell.
 */
function fixOf(
	code: Code,
	program: Program,
	{ scope, node }: Loop,
	{
		callee,
		backward,
		state,
	}: { callee: PyNode; backward: Step; state: string },
): Fix | undefined {
	const made = program.madeBy(scope, callee);
	const maker = made?.isSure && fullName(made.callee, made.scope.module);
	const [, kind] = /^torch\.nn\.(RNN|GRU|LSTM)$/.exec(maker || "") ?? [];
	const behind = bodyOf(node).children.find(
		({ line, endLine, type }) =>
			type === "expression_statement" &&
			// Before its first call the state may be None.
			line > callee.endLine &&
			line <= backward.via.line &&
			backward.via.endLine <= endLine,
	);
	if (!kind || !behind) return undefined;
	const detached =
		kind === "LSTM"
			? `tuple(part.detach() for part in ${state})`
			: `${state}.detach()`;
	const text = `${state} = ${detached}`;
	const edit = insertBehind(code, scope.path, behind, text);
	return edit && [edit];
}
