// Randomness that no seed reaches.
import { type Called, callsOf, readCalled } from "../python/called.ts";
import { field, type PyNode } from "../python/node.ts";
import { nodesIn, nodesOf } from "../python/nodes.ts";
import type { Place, Rule } from "./rule.ts";

const CLOCK = /\b(time\.time(_ns)?|time_ns|datetime\.now|getpid|urandom)\(/;
const SEEDS =
	/(^|\.)(seed|manual_seed(_all)?|seed_everything|set_seed|default_rng|RandomState|Random)$/;
const LISTS =
	/^(os\.(listdir|scandir)|glob\.i?glob|\?\.(glob|rglob|iterdir)|.*\.(glob|rglob|iterdir))$/;
/** What gives other parts when the order is another, whatever the seed. */
const DIVIDES = /^(train_test_split|shuffle|sample|permutation|random_split)$/;

interface Found {
	readonly node: PyNode;
	readonly message: string;
	readonly suggestion: string;
	readonly confidence?: number;
}

export const REP03: Rule = {
	id: "REP03",
	title: "Randomness that no seed reaches",
	severity: "medium",
	confidence: 82,
	why: "A seed repeats a draw only from the same things in the same order. Folders are listed as the file system pleases, text is hashed with a salt that is new in each process, a clock never says the same twice, and cuDNN's benchmark picks algorithms by how fast they were today. Train and held-out rows then differ from machine to machine, and with them the score.",
	references: [
		"https://docs.python.org/3/library/os.html#os.listdir",
		"https://docs.python.org/3/reference/datamodel.html#object.__hash__",
		"https://pytorch.org/docs/stable/notes/randomness.html",
	],
	bad: `import os
import random

random.seed(0)
files = os.listdir("images")
random.shuffle(files)
train, test = files[:800], files[800:]
`,
	good: `import os
import random

random.seed(0)
files = sorted(os.listdir("images"))
random.shuffle(files)
train, test = files[:800], files[800:]
`,
	check: ({ modules }) =>
		[...modules].flatMap(([path, module]) => {
			const calls = callsOf(module);
			return [
				...clockSeeds(calls),
				...saltedHashes(module),
				...benchmarks(module),
				...unsorted(calls, module),
			].map(
				({ node, ...said }): Place => ({
					...{ path, startLine: node.line, endLine: node.endLine },
					...said,
				}),
			);
		}),
};

const clockSeeds = (calls: readonly Called[]): Found[] =>
	calls.flatMap(({ name, positional, named, node }) => {
		const given = [named.get("random_state"), named.get("seed")];
		if (SEEDS.test(name)) given.push(positional[0]);
		return given.some((seed) => seed && CLOCK.test(seed.text))
			? [
					{
						node,
						message:
							"The seed comes from the clock or the system: every run draws anew.",
						suggestion: "Take the seed from a setting, and log it.",
					},
				]
			: [];
	});

/** `hash(key) % n` decides something; ints hash to themselves, text does not. */
const saltedHashes = (module: PyNode): Found[] =>
	nodesOf(module, "binary_operator").flatMap((node) => {
		const sign = node.signs.find(({ role }) => role === "operator")?.text;
		const hashed = /^\(?hash\((.*)\)\)?$/s.exec(
			node.children[0]?.text ?? "",
		)?.[1];
		if (
			sign !== "%" ||
			hashed === undefined ||
			/^(int|tuple)\(|^\d+$/.test(hashed)
		)
			return [];
		return [
			{
				node,
				message:
					"`hash` of text is salted anew in every process: the same key falls elsewhere next time.",
				suggestion:
					"Use a hash that stays: `int(hashlib.sha256(key.encode()).hexdigest(), 16)`, or `zlib.crc32`.",
				// It may be a number's.
				...(/^(str|repr)\(|^f?["']/.test(hashed) ? {} : { confidence: 70 }),
			},
		];
	});

function benchmarks(module: PyNode): Found[] {
	const sets = nodesOf(module, "assignment").filter(({ text }) =>
		/cudnn\.(benchmark|deterministic)\s*=\s*True$/.test(text),
	);
	const claims = [
		...sets.filter(({ text }) => text.includes("deterministic")),
		...callsOf(module)
			.filter(
				({ method, positional }) =>
					method === "use_deterministic_algorithms" &&
					positional[0]?.text === "True",
			)
			.map(({ node }) => node),
	];
	return sets
		.filter(({ text }) => text.includes("benchmark"))
		.filter(({ line }) =>
			claims.some((claim) => near(module, claim.line, line)),
		)
		.map((node) => ({
			node,
			message:
				"Beside a claim of determinism, `cudnn.benchmark = True` lets cuDNN choose another algorithm in each run.",
			suggestion:
				"Set `torch.backends.cudnn.benchmark = False` where runs have to repeat.",
		}));
}

/** In the same function, or both in none. */
function near(module: PyNode, one: number, other: number): boolean {
	const scopeOf = (line: number) =>
		nodesOf(module, "function_definition").findLast(
			(node) => node.line <= line && line <= node.endLine,
		);
	return scopeOf(one) === scopeOf(other);
}

/** A listing that is divided into parts in the order it came. */
function unsorted(calls: readonly Called[], module: PyNode): Found[] {
	const listed = calls
		.filter(({ name }) => LISTS.test(name))
		.map(({ node }) => node);
	return nodesOf(module, "assignment").flatMap((node) => {
		const [left, right] = [field(node, "left"), field(node, "right")];
		if (left?.type !== "identifier" || !right) return [];
		const isSet = isListOfSet(right, module);
		const isListing = listed.some(
			(call) => right === call || [...nodesIn(right)].includes(call),
		);
		const isOrdered = /\bsorted\(|\bnatsorted\(|\bset\(|\blen\(|\bnext\(/.test(
			right.text,
		);
		if (!isSet && (!isListing || isOrdered)) return [];
		const used = usesAfter(node, left.text, calls, module);
		if (!used) return [];
		return [
			{
				node,
				message: `\`${left.text}\` holds ${isSet ? "what a set gave in an order that is new in each process" : "files in the order the file system gives"}, and line ${used.line} divides them in that order.`,
				suggestion: `Sort it: \`${left.text} = sorted(…)\`.`,
			},
		];
	});
}

/** `list({…})`, `list(set(…))`. */
function isListOfSet(node: PyNode, module: PyNode): boolean {
	if (node.type !== "call") return false;
	const { name, positional } = readCalled(node, module);
	const [given] = positional;
	if (name !== "list" || !given) return false;
	return (
		/^set(_comprehension)?$/.test(given.type) ||
		(given.type === "call" && readCalled(given, module).name === "set")
	);
}

function usesAfter(
	made: PyNode,
	name: string,
	calls: readonly Called[],
	module: PyNode,
): PyNode | undefined {
	const after = calls.filter(
		({ node }) =>
			node.line > made.endLine && near(module, made.line, node.line),
	);
	const sorted = after.find(
		({ method, receiver, positional }) =>
			(method === "sort" && receiver?.text === name) ||
			(/^(nat)?sorted$/.test(method) && positional[0]?.text === name),
	);
	const divided = after.find(
		({ method, positional }) =>
			DIVIDES.test(method) && positional[0]?.text === name,
	);
	if (!divided || (sorted && sorted.node.line < divided.node.line))
		return undefined;
	return divided.node;
}
