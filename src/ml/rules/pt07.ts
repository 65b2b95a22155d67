// What comes out of the network does not fit the loss that is taken of it.
import { fullName, readCalled } from "../python/called.ts";
import type { PyNode } from "../python/node.ts";
import { nodesOf } from "../python/nodes.ts";
import { type FoundHead, type Head, headOf } from "../python/torch/heads.ts";
import type { Program } from "../python/torch/program.ts";
import type { Scope } from "../python/torch/scope.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import { pathTo, walk } from "../python/torch/walk.ts";
import type { Place, Rule } from "./rule.ts";

export const PT07: Rule = {
	id: "PT07",
	title: "The network's last operation does not fit the loss",
	severity: "high",
	confidence: 92,
	why: "`CrossEntropyLoss` and `BCEWithLogitsLoss` apply softmax or sigmoid themselves. Applied twice, scores are squeezed into 0 to 1 before the loss sees them: with ten classes a perfect prediction still costs 1.46 (that is log(1 + 9/e)), and gradients shrink accordingly. `NLLLoss` expects logarithms and `BCELoss` probabilities; given anything else their number means nothing.",
	references: [
		"https://pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html",
		"https://pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html",
	],
	bad: `import torch

net = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Softmax(dim=1))
criterion = torch.nn.CrossEntropyLoss()
for x, y in loader:
    loss = criterion(net(x), y)
`,
	good: `import torch

net = torch.nn.Sequential(torch.nn.Linear(4, 3))
criterion = torch.nn.CrossEntropyLoss()
for x, y in loader:
    loss = criterion(net(x), y)
`,
	check: (code) => {
		const { program, scopes } = torchCode(code.modules);
		return scopes.flatMap((scope) => inScope(program, scope));
	},
};

type Loss = "CrossEntropyLoss" | "NLLLoss" | "BCELoss" | "BCEWithLogitsLoss";

const FUNCTIONS: Readonly<Record<string, Loss>> = {
	cross_entropy: "CrossEntropyLoss",
	nll_loss: "NLLLoss",
	binary_cross_entropy: "BCELoss",
	binary_cross_entropy_with_logits: "BCEWithLogitsLoss",
};

/** What is wrong with which end, in words. */
const UNFIT: Readonly<Record<Loss, Partial<Record<Head, string>>>> = {
	CrossEntropyLoss: {
		softmax: "applies softmax itself: it is applied twice",
		sigmoid: "expects scores without bounds and gets them squeezed into 0 to 1",
	},
	BCEWithLogitsLoss: {
		sigmoid: "applies sigmoid itself: it is applied twice",
		softmax: "expects scores without bounds and gets them squeezed into 0 to 1",
	},
	NLLLoss: {
		softmax: "expects logarithms of probabilities and gets probabilities",
		sigmoid: "expects logarithms of probabilities and gets probabilities",
		linear: "expects logarithms of probabilities and gets plain scores",
	},
	BCELoss: { linear: "expects probabilities and gets plain scores" },
};

const INSTEAD: Readonly<Record<Loss, string>> = {
	CrossEntropyLoss:
		"Give the loss the plain scores; take softmax only where probabilities are shown or compared.",
	BCEWithLogitsLoss:
		"Give the loss the plain scores; take sigmoid only where probabilities are shown or compared.",
	NLLLoss:
		"End with log_softmax, or take CrossEntropyLoss of the plain scores.",
	BCELoss: "Take BCEWithLogitsLoss of the plain scores.",
};

function inScope(program: Program, scope: Scope): Place[] {
	const places: Place[] = [];
	if (nodesOf(scope.module, "call").length === 0) return places;
	walk(scope.body, (call) => {
		if (call.type !== "call") return;
		const loss = lossOf(program, scope, call);
		const { positional, named } = readCalled(call, scope.module);
		const given = positional[0] ?? named.get("input");
		if (!loss || !given) return;
		const found = headOf(program, scope, given, call);
		const fault = found && UNFIT[loss][found.head];
		if (!found || !fault || !isLearntFrom(scope, call, found)) return;
		const { head } = found;
		const where = `${found.scope.path === scope.path ? "" : `${found.scope.path}, `}line ${found.node.line}`;
		if (places.some(({ startLine }) => startLine === call.line)) return;
		places.push({
			path: scope.path,
			startLine: call.line,
			endLine: call.endLine,
			message: `What is given to ${loss} here ends in ${head === "linear" ? "a linear layer" : head} (${where}). ${loss} ${fault}.`,
			suggestion: INSTEAD[loss],
		});
	});
	return places;
}

/** Some lines only show what a loss makes of numbers; in a network of the repository it is learnt from. */
const isLearntFrom = (scope: Scope, call: PyNode, found: FoundHead): boolean =>
	found.scope !== scope ||
	scope.owner !== undefined ||
	!pathTo(scope.body, call).some(
		({ type, text }) =>
			(type === "attribute" && text.endsWith(".item")) ||
			(type === "call" && text.startsWith("print(")),
	);

function lossOf(
	program: Program,
	scope: Scope,
	call: PyNode,
): Loss | undefined {
	const { name, method } = readCalled(call, scope.module);
	if (name.startsWith("torch.nn.functional.")) return FUNCTIONS[method];
	const callee = call.children[0];
	const made =
		callee?.type === "call"
			? { scope, callee: callee.children[0], isSure: true }
			: callee && program.madeBy(scope, callee);
	const maker =
		made?.isSure && made.callee
			? fullName(made.callee, made.scope.module)
			: undefined;
	const last = /^torch\.nn\.(?:modules\.loss\.)?(\w+)$/.exec(maker ?? "")?.[1];
	return last && last in UNFIT ? (last as Loss) : undefined;
}
