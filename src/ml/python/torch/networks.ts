// Which objects are networks, and what their classes are made of.
import { type Called, fullName, readCalled } from "../called.ts";
import { field, type PyNode } from "../node.ts";
import { nodesIn } from "../nodes.ts";
import type { Program } from "./program.ts";
import type { PyClass, Scope } from "./scope.ts";

const BASE =
	/(^|\.)(Module|LightningModule|ModuleList|Sequential|PreTrainedModel)$/;

export function isNetwork(program: Program, one: PyClass): boolean {
	return program
		.lineage(one)
		.some(({ bases, module }) =>
			bases.some((base) => BASE.test(fullName(base, module) ?? base.text)),
		);
}

/** The class of a network, where the repository has it. */
export function networkOf(
	program: Program,
	scope: Scope,
	object: PyNode,
): PyClass | undefined {
	const found = program.instanceOf(scope, object);
	return found && isNetwork(program, found) ? found : undefined;
}

/** Of torchvision: those that have batch normalisation or dropout. */
const PUBLIC =
	/(^|\.)(models|torchvision)\.(\w+\.)*(resnet|resnext|wide_resnet|vgg|densenet|mobilenet|inception|googlenet|efficientnet|alexnet|squeezenet|mnasnet|shufflenet)\w*$/;
const MOST_CLASSES = 60;

/** What makes a network compute otherwise while it is trained; undefined when nothing is known to. */
export function trainingMode(
	program: Program,
	scope: Scope,
	object: PyNode,
): string | undefined {
	const made = program.madeBy(scope, object);
	if (!made) return undefined;
	const name = fullName(made.callee, made.scope.module) ?? "";
	if (PUBLIC.test(name)) return lastPart(name);
	const own = program.classOf(made.scope, made.callee);
	if (own && isNetwork(program, own)) return layerOf(program, own, changesMode);
	if (!/(^|\.)Sequential$/.test(name)) return undefined;
	return layerIn(program, made.scope, made.call, changesMode, []);
}

const CHANGES_MODE = /(^|\.)(Dropout\d?d?|BatchNorm\d?d?|SyncBatchNorm|RReLU)$/;

function changesMode({ name, named, positional }: Called): string | undefined {
	const rate = (named.get("p") ?? positional[0])?.text;
	if (CHANGES_MODE.test(name) && !/^0(\.0*)?$/.test(rate ?? ""))
		return lastPart(name);
	if (PUBLIC.test(name)) return lastPart(name);
	// nn.LSTM(..., dropout=0.5)
	return /^0?\.\d*[1-9]/.test(named.get("dropout")?.text ?? "")
		? `${lastPart(name)} with dropout`
		: undefined;
}

/** The first layer that a test accepts, in a network's classes or in networks it is made of. */
export function layerOf(
	program: Program,
	own: PyClass,
	accepts: (called: Called) => string | undefined,
	seen: PyClass[] = [],
): string | undefined {
	if (seen.includes(own) || seen.length > MOST_CLASSES) return undefined;
	seen.push(own);
	for (const one of program.lineage(own)) {
		const scope = program.scope(one.path);
		const layer = scope && layerIn(program, scope, one.node, accepts, seen);
		if (layer) return layer;
	}
	return undefined;
}

function layerIn(
	program: Program,
	scope: Scope,
	code: PyNode,
	accepts: (called: Called) => string | undefined,
	seen: PyClass[],
): string | undefined {
	for (const node of nodesIn(code)) {
		if (node.type !== "call") continue;
		const layer = accepts(readCalled(node, scope.module));
		if (layer) return layer;
		const callee = field(node, "function");
		const inner = callee && program.classOf(scope, callee);
		const part =
			inner &&
			isNetwork(program, inner) &&
			layerOf(program, inner, accepts, seen);
		if (part) return part;
	}
	return undefined;
}

const lastPart = (name: string) => name.replace(/^.*\./, "");

const NAMED_SO =
	/^(\w*_)?(model|net|network|classifier|generator|discriminator|encoder|decoder|cnn|rnn|lstm|gru|unet|resnet\d*|vgg\d*|mlp|transformer|autoencoder|vae)\d*$/i;

/** By its class, its public name, or failing both by what it is called. */
export function looksLikeNetwork(
	program: Program,
	scope: Scope,
	callee: PyNode,
): boolean {
	if (!/^(identifier|attribute)$/.test(callee.type)) return false;
	const made = program.madeBy(scope, callee);
	if (made) {
		const own = program.classOf(made.scope, made.callee);
		if (own) return isNetwork(program, own);
		const name = fullName(made.callee, made.scope.module) ?? "";
		if (PUBLIC.test(name) || /(^|\.)Sequential$/.test(name)) return true;
	}
	return NAMED_SO.test(lastPart(callee.text));
}
