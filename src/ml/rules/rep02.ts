// Every worker of a DataLoader draws the same random numbers.

import { readCalled } from "../python/called.ts";
import { field, type PyNode } from "../python/node.ts";
import { nodesIn } from "../python/nodes.ts";
import type { Program } from "../python/torch/program.ts";
import { givenTo, type PyClass, type Scope } from "../python/torch/scope.ts";
import { torchCode } from "../python/torch/torch-code.ts";
import { walk } from "../python/torch/walk.ts";
import type { Place, Rule } from "./rule.ts";

export const REP02: Rule = {
	id: "REP02",
	title: "All loading workers draw the same random numbers",
	severity: "medium",
	confidence: 85,
	why: "A generator that a data set makes for itself is copied into every worker process, and copied anew each epoch: with four workers, eight draws held two different values, and the second epoch repeated the first (measured with PyTorch 1.13). Augmentation is far less varied than it looks. NumPy's global generator was copied likewise up to PyTorch 1.8; since 1.9 each worker gets a seed of its own, so there it is no fault any more.",
	references: [
		"https://pytorch.org/docs/stable/notes/randomness.html#dataloader",
		"https://github.com/pytorch/pytorch/pull/56488",
	],
	bad: `import numpy as np
from torch.utils.data import DataLoader, Dataset


class Noisy(Dataset):
    def __init__(self, rows):
        self.rows = rows
        self.rng = np.random.default_rng(0)

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        return self.rows[i] + self.rng.normal()


loader = DataLoader(Noisy(rows), batch_size=8, num_workers=4)
`,
	good: `import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset, get_worker_info


class Noisy(Dataset):
    def __init__(self, rows):
        self.rows = rows
        self.rng = np.random.default_rng(0)

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        return self.rows[i] + self.rng.normal()


def seed_worker(worker_id):
    get_worker_info().dataset.rng = np.random.default_rng(torch.initial_seed())


loader = DataLoader(Noisy(rows), batch_size=8, num_workers=4, worker_init_fn=seed_worker)
`,
	check: (code) => {
		const { program, scopes } = torchCode(code.modules);
		return scopes.flatMap((scope) => inScope(program, scope));
	},
};

function inScope(program: Program, scope: Scope): Place[] {
	const places: Place[] = [];
	walk(scope.body, (node) => {
		if (node.type !== "call") return;
		const loader = readCalled(node, scope.module);
		if (loader.method !== "DataLoader" || loader.hasUnpacked) return;
		const { named, positional } = loader;
		if (named.has("worker_init_fn") || !hasWorkers(named.get("num_workers")))
			return;
		const rows = named.get("dataset") ?? positional[0];
		const own = rows && program.instanceOf(scope, rows);
		const copied = own && copiedGenerator(program, own);
		if (!own || !copied) return;
		places.push({
			path: scope.path,
			startLine: node.line,
			endLine: node.endLine,
			message: `${own.name} keeps a generator in "${copied.name}" (${own.path}, line ${copied.line}) and draws from it for each row. Every worker gets a copy of it, in the same state, at the start of every epoch: they all draw the same numbers.`,
			suggestion: `Give the loader a worker_init_fn that sets ${copied.name.replace("self.", "get_worker_info().dataset.")} from torch.initial_seed(), or draw with torch's own functions, which are seeded per worker.`,
		});
	});
	return places;
}

/** A number above zero; what only a setting knows may be zero. */
const hasWorkers = (given: PyNode | undefined): boolean =>
	/^[1-9]\d*$|cpu_count\(\)/.test(given?.text ?? "");

const GENERATOR =
	/(^|\.)(default_rng|RandomState|Generator|Random)\((?!.*(worker|getpid))/;

/** Made once in the constructor, drawn from for each row. */
function copiedGenerator(
	program: Program,
	own: PyClass,
): { name: string; line: number } | undefined {
	const row =
		program.method(own, "__getitem__") ?? program.method(own, "__iter__");
	const made = program.method(own, "__init__");
	if (!row || !made || /get_worker_info/.test(own.node.text)) return undefined;
	const drawn = drawnFrom(program, own, row);
	for (const name of drawn) {
		const given = givenTo(made, name).find(({ value }) =>
			GENERATOR.test(value.text),
		);
		const isAnew = givenTo(row, name).length > 0;
		if (given && !isAnew) return { name, line: given.statement.line };
	}
	return undefined;
}

/** `self.rng` in `self.rng.normal()`, also in the methods it calls. */
function drawnFrom(
	program: Program,
	own: PyClass,
	row: Scope,
	seen: Scope[] = [],
): string[] {
	if (seen.includes(row)) return [];
	seen.push(row);
	return [...nodesIn(row.body)].flatMap((node) => {
		if (node.type !== "call") return [];
		const callee = field(node, "function");
		const object = callee?.type === "attribute" && field(callee, "object");
		if (!object) return [];
		if (/^self\.\w+$/.test(object.text)) return [object.text];
		const method = field(callee, "attribute")?.text ?? "";
		const inner =
			object.text === "self" ? program.method(own, method) : undefined;
		return inner ? drawnFrom(program, own, inner, seen) : [];
	});
}
