// Parameters that neither the optimizer nor a checkpoint gets to see.
import { type Called, readCalled } from "../python/called.ts";
import { field, type PyNode } from "../python/node.ts";
import { nodesIn, nodesOf } from "../python/nodes.ts";
import { writesOf } from "../python/torch/given.ts";
import { isNetwork, layerOf } from "../python/torch/networks.ts";
import type { Program } from "../python/torch/program.ts";
import type { PyClass, Scope } from "../python/torch/scope.ts";
import { usesTorch } from "../python/torch/signs.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import type { Code } from "./code.ts";
import type { Place, Rule } from "./rule.ts";

export const PT10: Rule = {
	id: "PT10",
	title: "Parameters are invisible to the network",
	severity: "high",
	confidence: 90,
	byConstruction: true,
	why: "A network finds its layers among its attributes. Those in a plain list or dictionary are missing from `parameters()`, from `state_dict()` and from `.to(device)`: they are never trained nor saved (a module with one layer in a list has 0 parameters, seen with PyTorch 1.13). A misspelt `requires_grad` sets an attribute nobody reads: the layer is not frozen.",
	references: [
		"https://pytorch.org/docs/stable/generated/torch.nn.ModuleList.html",
	],
	bad: `import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(8, 8) for _ in range(3)]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
`,
	good: `import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(8, 8) for _ in range(3)])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
`,
	check: (code) => {
		const { program } = torchCode(code.modules);
		return [...code.modules].flatMap(([path, module]) => {
			if (!usesTorch(module)) return [];
			const scope = program.scope(path);
			const classes = scope ? [...scope.classes.values()].flat() : [];
			return [
				...classes
					.filter((one) => isNetwork(program, one))
					.flatMap((one) => hiddenLayers(program, one)),
				...misspelt(code, path, module),
			];
		});
	},
};

/** The class takes care of its layers itself. */
const REGISTERS =
	/add_module|register_module|setattr|_modules\b|def (named_)?parameters\b/;

function hiddenLayers(program: Program, one: PyClass): Place[] {
	const init = one.methods.get("__init__");
	if (!init || REGISTERS.test(one.node.text)) return [];
	return [...nodesIn(init.body)].flatMap((node) =>
		writesOf(node).flatMap(([left, { value, part, by }]) => {
			const name = left.text;
			const isPlain =
				by === "=" && part === undefined && /^self\.\w+$/.test(name);
			if (!isPlain || !holdsLayers(program, init, value)) return [];
			if (isGathered(one, name) || !isUsed(one, name)) return [];
			const kind = /^dict/.test(value.type) ? "dictionary" : "list";
			return [
				{
					path: one.path,
					startLine: node.line,
					endLine: node.line,
					message: `The layers in "${name}" stand in a plain ${kind}: ${one.name} does not know them, so they are neither trained nor saved nor moved with it.`,
					suggestion: `Wrap it in nn.Module${kind === "list" ? "List" : "Dict"}(...).`,
					// Somebody may still register them in a way that does not show here.
					confidence: 79,
				},
			];
		}),
	);
}

/** Put into something that registers them, or replaced, further down. */
function isGathered({ node }: PyClass, name: string): boolean {
	const word = name.replace(".", "\\.");
	const gathers = new RegExp(
		`\\*\\s*${word}\\b|(Module(List|Dict)|Sequential|ParameterList)\\(\\s*${word}\\b`,
	);
	const writes = node.text.match(new RegExp(`${word}\\s*=[^=]`, "g")) ?? [];
	return gathers.test(node.text) || writes.length > 1;
}

const isUsed = ({ methods }: PyClass, name: string): boolean =>
	[...methods].some(
		([method, { node }]) => method !== "__init__" && node.text.includes(name),
	);

/** Layers with weights, by the last part of their names. */
const WITH_WEIGHTS =
	/^torch\.nn\.(modules\.)?(Lazy)?(Linear|Bilinear|Conv|BatchNorm|LayerNorm|GroupNorm|Embedding|RNN|LSTM|GRU|Multihead|Transformer|Parameter$|PReLU)\w*$/;

/** A list or dictionary that is written out with layers in it. */
function holdsLayers(program: Program, scope: Scope, value: PyNode): boolean {
	return partsOf(value).some((part) => {
		if (part?.type !== "call") return false;
		const called = readCalled(part, scope.module);
		const callee = field(part, "function");
		const own = callee && program.classOf(scope, callee);
		const weights = ({ name }: Called) =>
			WITH_WEIGHTS.test(name) ? name : undefined;
		return own
			? isNetwork(program, own) && layerOf(program, own, weights) !== undefined
			: /\.Sequential$/.test(called.name)
				? [...nodesIn(part)].some(
						(node) =>
							node.type === "call" && weights(readCalled(node, scope.module)),
					)
				: weights(called) !== undefined;
	});
}

function partsOf(value: PyNode): readonly (PyNode | undefined)[] {
	const content = (one?: PyNode) =>
		one?.type === "pair" ? field(one, "value") : one;
	if (/^(list|dictionary)$/.test(value.type))
		return value.children.map(content);
	return /^(list|dictionary)_comprehension$/.test(value.type)
		? [content(field(value, "body"))]
		: [];
}

/** `param.require_grad = False` */
function misspelt(code: Code, path: string, module: PyNode): Place[] {
	return nodesOf(module, "assignment").flatMap((node) => {
		const [left, right] = [field(node, "left"), field(node, "right")];
		const name = MISSPELT.exec(left?.text ?? "")?.[1];
		if (!name || !/^(True|False)$/.test(right?.text ?? "")) return [];
		const at = { path, startLine: node.line, endLine: node.endLine };
		const lines = code.quote(at).replace(name, "requires_grad");
		return [
			{
				...at,
				message: `"${name}" is not an attribute torch reads: the line changes nothing, and gradients stay as they were.`,
				suggestion: "Write requires_grad.",
				fix: [{ ...at, lines }],
			},
		];
	});
}

const MISSPELT =
	/\.(require_grads?|requires_grads|required_grad|requires_gard|reqires_grad|requires_grad_)$/;
