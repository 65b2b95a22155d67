// Files that run code when they are loaded.
import { type Called, callsOf } from "../python/called.ts";
import { field, type PyNode } from "../python/node.ts";
import { nodesOf } from "../python/nodes.ts";
import { fileNamesIn } from "./artefacts.ts";
import type { Code } from "./code.ts";
import { addArgument } from "./edits.ts";
import type { Place, Rule } from "./rule.ts";

/** Of a file the repository writes itself. */
const OWN_FILE = 70;
/** Most pickles are kept by those who load them, and nothing in the line tells. */
const ANY_PICKLE = 75;

export const SEC01: Rule = {
	id: "SEC01",
	title: "Loading this can run code of whoever made the file",
	severity: "high",
	confidence: 85,
	byConstruction: true,
	why: "A pickle is a program: loading one runs what its maker put into it, with the rights of the process that loads. Checkpoints of PyTorch, files of joblib, object arrays of NumPy and YAML with Python tags are pickles or as good as that, and `trust_remote_code=True` runs a repository's Python. Data and weights travel further than code does, and nobody reviews them. Measured on student-like notebooks: 3 % load something in this way.",
	references: [
		"https://docs.python.org/3/library/pickle.html",
		"https://pytorch.org/docs/stable/generated/torch.load.html",
	],
	bad: `import torch

weights = torch.load("downloads/encoder.pt")
`,
	good: `import torch

weights = torch.load("downloads/encoder.pt", weights_only=True)
`,
	check: (code) => {
		const written = writtenFiles(code);
		return [...code.modules].flatMap(([path, module]) => {
			const calls = callsOf(module);
			const names = new Set(calls.map(({ name }) => name));
			return calls.flatMap((call) => {
				const danger = dangerOf(call);
				if (!danger) return [];
				const own =
					danger.reads !== undefined &&
					([...names].some((name) => danger.reads?.writer.test(name)) ||
						fileNamesIn(call.node, module).some((name) => written.has(name)));
				return [placeOf(code, path, call, danger, own)];
			});
		});
	},
};

interface Danger {
	readonly what: string;
	readonly instead: string;
	/** For what reads files: what writes such files. */
	readonly reads?: { readonly writer: RegExp };
	/** Where it is less sure than the others. */
	readonly confidence?: number;
	/** The call with this argument more. */
	readonly argument?: string;
}

const PICKLES =
	/^(_?pickle|cPickle|dill|cloudpickle|joblib|sklearn\.externals\.joblib)\.loads?$/;
const PICKLERS =
	/^((_?pickle|cPickle|dill|cloudpickle|joblib)\.dumps?|torch\.save|\?\.to_pickle|.*\.to_pickle)$/;

function dangerOf(call: Called): Danger | undefined {
	const { name, method, named, hasUnpacked } = call;
	const says = (key: string, value: string) => named.get(key)?.text === value;
	if (name === "torch.load" && !named.has("weights_only") && !hasUnpacked)
		return {
			what: "Before version 2.6 `torch.load` unpickles whatever the file holds",
			instead:
				"Say `weights_only=True`: then only tensors and plain values are read.",
			reads: { writer: /^torch\.save$/ },
			argument: "weights_only=True",
		};
	if (name === "torch.load" && says("weights_only", "False"))
		return {
			what: "`weights_only=False` lets `torch.load` unpickle whatever the file holds",
			instead:
				"Load with `weights_only=True`, and allow what else the file needs by name with `torch.serialization.add_safe_globals`.",
			reads: { writer: /^torch\.save$/ },
		};
	if (PICKLES.test(name) || /^pandas\.read_pickle$/.test(name))
		return {
			what: `\`${name}\` runs what the file says`,
			instead:
				"Keep tables as Parquet or CSV, weights as safetensors or `state_dict`, estimators as skops or ONNX; or check the file's digest before it is loaded.",
			reads: { writer: PICKLERS },
			confidence: ANY_PICKLE,
		};
	if (name === "numpy.load" && says("allow_pickle", "True"))
		return {
			what: "`allow_pickle=True` lets `numpy.load` unpickle whatever the file holds",
			instead:
				"Keep arrays of numbers, and texts beside them as JSON or Parquet.",
			reads: { writer: /^numpy\.save(z|z_compressed)?$/ },
		};
	if (/^yaml\.(load|load_all|unsafe_load)$/.test(name) && isUnsafeYaml(call))
		return {
			what: "YAML read in this way makes any Python object that the file names",
			instead: "Use `yaml.safe_load`.",
			reads: { writer: /^yaml\.dump(_all)?$/ },
		};
	if (says("trust_remote_code", "True"))
		return {
			what: `\`${method}\` with \`trust_remote_code=True\` downloads Python of the model's repository and runs it`,
			instead:
				"Use a model that the library implements itself, or pin `revision` to a commit somebody has read.",
		};
	return undefined;
}

function isUnsafeYaml({ name, named, positional, hasUnpacked }: Called) {
	if (name === "yaml.unsafe_load") return true;
	const loader: PyNode | undefined = named.get("Loader") ?? positional[1];
	if (!loader) return !hasUnpacked;
	return /(^|\.)(Unsafe)?C?Loader$/.test(loader.text);
}

function placeOf(
	code: Code,
	path: string,
	call: Called,
	{ what, instead, argument, confidence }: Danger,
	own: boolean,
): Place {
	const { node } = call;
	const edit =
		argument && !isNetwork(code, path, node)
			? addArgument(code, path, node, argument)
			: undefined;
	return {
		...{ path, startLine: node.line, endLine: node.endLine },
		message: own
			? `${what}. This repository writes such files itself; it matters once somebody hands one on.`
			: `${what}.`,
		suggestion: instead,
		...(edit ? { fix: [edit] } : {}),
		...(confidence ? { confidence } : {}),
		...(own ? { confidence: OWN_FILE, severity: "medium" } : {}),
	};
}

/** Used as one, the file holds a whole network, which is not among plain values. */
function isNetwork(code: Code, path: string, call: PyNode): boolean {
	const module = code.modules.get(path);
	const made =
		module &&
		nodesOf(module, "assignment").find((one) => field(one, "right") === call);
	const name = made && field(made, "left")?.text;
	const source = code.source(path);
	return [name, call.text].some((text) => {
		const parts = text ? source.split(text) : [];
		return parts.some(
			(after, i) =>
				i > 0 &&
				!/[\w.]$/.test(parts[i - 1]?.slice(-1) ?? "") &&
				USED_AS_NETWORK.test(after.slice(0, 40)),
		);
	});
}

const USED_AS_NETWORK =
	/^(\(|\.(eval|train|to|cuda|cpu|forward|(named_)?parameters|children|modules|state_dict|fc|classifier|predict)\b)/;

function writtenFiles({ modules }: Code): ReadonlySet<string> {
	const names = new Set<string>();
	for (const module of modules.values())
		for (const call of callsOf(module)) {
			const isWriter =
				PICKLERS.test(call.name) ||
				/^(numpy\.savez?|yaml\.dump)/.test(call.name);
			if (!isWriter) continue;
			for (const name of fileNamesIn(call.node, module)) names.add(name);
		}
	return names;
}
