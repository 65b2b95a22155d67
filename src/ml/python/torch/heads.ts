// The last operation on what a network gives back, as far as the code shows it.
import { fullName, readCalled } from "../called.ts";
import { field, type PyNode } from "../node.ts";
import { isNetwork } from "./networks.ts";
import type { Program } from "./program.ts";
import { givenTo, type PyClass, type Scope } from "./scope.ts";
import { standOf } from "./statements.ts";
import { walk } from "./walk.ts";

export type Head = "softmax" | "log_softmax" | "sigmoid" | "linear";

export interface FoundHead {
	readonly head: Head;
	readonly scope: Scope;
	readonly node: PyNode;
}

const MOST_HOPS = 8;

/** Of an expression; `before` is where it is used. */
export function headOf(
	program: Program,
	scope: Scope,
	node: PyNode,
	before: PyNode,
	hops = 0,
): FoundHead | undefined {
	if (hops > MOST_HOPS) return undefined;
	const next = (one: PyNode, at = before) =>
		headOf(program, scope, one, at, hops + 1);
	if (node.type === "parenthesized_expression" && node.children[0])
		return next(node.children[0]);
	if (node.type === "identifier") {
		const given = lastGiven(scope, node.text, before);
		return given && next(given, given);
	}
	if (node.type !== "call") return undefined;
	const { name, method, receiver, positional } = readCalled(node, scope.module);
	const head = HEADS[method];
	// F.softmax(x, dim=1), torch.sigmoid(x), x.softmax(-1)
	if (
		head &&
		(/^torch\./.test(name) || name === `?.${method}` || isTensor(receiver))
	)
		return { head, scope, node };
	const same =
		SAME.test(method) && (/^torch\./.test(name) ? positional[0] : receiver);
	if (same) return next(same);
	const callee = field(node, "function");
	return callee && ofModule(program, scope, callee, node, hops);
}

/** `x.softmax(-1)`; `self.softmax(x)` is a layer of that name. */
const isTensor = (node: PyNode | undefined) =>
	node?.type === "call" ||
	(node?.type === "identifier" && node.text !== "self");

/** Shapes change, values do not. */
const SAME =
	/^(squeeze|unsqueeze|view|view_as|reshape|flatten|float|double|to|contiguous|cuda|cpu|type|permute|transpose)$/;

const HEADS: Readonly<Record<string, Head>> = {
	softmax: "softmax",
	log_softmax: "log_softmax",
	sigmoid: "sigmoid",
	logsigmoid: "log_softmax",
};

/** By the last part of their names; of those from torch. */
const MODULES: Readonly<Record<string, Head>> = {
	Softmax: "softmax",
	Softmax2d: "softmax",
	LogSoftmax: "log_softmax",
	Sigmoid: "sigmoid",
	Linear: "linear",
};

/** What calling an object gives: a layer, a sequence of them, a network of the repository. */
function ofModule(
	program: Program,
	scope: Scope,
	callee: PyNode,
	at: PyNode,
	hops: number,
): FoundHead | undefined {
	const made =
		callee.type === "call"
			? {
					scope,
					call: callee,
					callee: field(callee, "function") ?? callee,
					isSure: true,
				}
			: program.madeBy(scope, callee);
	if (!made?.isSure) return undefined;
	const own = program.classOf(made.scope, made.callee);
	if (own)
		return isNetwork(program, own) ? ofNetwork(program, own, hops) : undefined;
	const name = fullName(made.callee, made.scope.module) ?? "";
	const last = name.replace(/^.*\./, "");
	const head = MODULES[last];
	if (head)
		return {
			head,
			scope: made.scope,
			node: callee.text.startsWith("self.") ? at : made.call,
		};
	if (last !== "Sequential") return undefined;
	const parts = field(made.call, "arguments")?.children ?? [];
	const end = parts.at(-1);
	return end?.type === "call"
		? ofModule(program, made.scope, end, end, hops + 1)
		: undefined;
}

/** All returns of `forward` have to agree. */
function ofNetwork(
	program: Program,
	own: PyClass,
	hops: number,
): FoundHead | undefined {
	const forward = program.method(own, "forward");
	if (!forward || hops > MOST_HOPS) return undefined;
	const found: (FoundHead | undefined)[] = [];
	walk(forward.body, (node) => {
		const [value] = node.type === "return_statement" ? node.children : [];
		if (value) found.push(headOf(program, forward, value, node, hops + 1));
	});
	const [first] = found;
	return found.every((one) => one?.head === first?.head) ? first : undefined;
}

/** The value a name has at a place; undefined when a branch decides. */
function lastGiven(scope: Scope, name: string, at: PyNode): PyNode | undefined {
	const given = givenTo(scope, name).filter(
		({ statement }) => statement.line < at.line,
	);
	const last = given.at(-1);
	if (last?.by !== "=" || last.part !== undefined) return undefined;
	const branch = standOf(scope, last.statement)?.inside.findLast(({ type }) =>
		/^(if|try)_statement$/.test(type),
	);
	const isSure =
		!branch || (branch.line <= at.line && at.endLine <= branch.endLine);
	return isSure ? last.value : undefined;
}
