// A Python repository of any size, always the same for the same size: models,
// data, training and tests that import each other as packages do.
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const KINDS = [model, data, training, helpers, tests] as const;
const FUNCTIONS = 12;

export async function writeRepository(
	files: number,
): Promise<{ root: string; lines: number; bytes: number }> {
	const root = join(await mkdtemp(join(tmpdir(), "bench-map-")), "repository");
	let lines = 0;
	let bytes = 0;
	for (let i = 0; i < files; i++) {
		const [path, text] = (KINDS[i % KINDS.length] ?? model)(i);
		lines += text.split("\n").length;
		bytes += text.length;
		await mkdir(dirname(join(root, path)), { recursive: true });
		await writeFile(join(root, path), text);
	}
	return { root, lines, bytes };
}

type Generated = [path: string, text: string];

function model(i: number): Generated {
	const base = i < 5 ? "nn.Module" : `Network${i - 5}`;
	const from = i < 5 ? "" : `from .network_${i - 5} import Network${i - 5}\n`;
	return [
		`src/pkg/models/network_${i}.py`,
		`"""A network of its own, number ${i}."""\nimport torch\nfrom torch import nn\n${from}\n\nclass Network${i}(${base}):\n${methods(i)}`,
	];
}

function data(i: number): Generated {
	return [
		`src/pkg/data/table_${i}.py`,
		`import pandas as pd\nfrom torch.utils.data import Dataset\n\n\nclass Table${i}(Dataset):\n    def __init__(self, path):\n        self.rows = pd.read_csv(path)\n${methods(i)}`,
	];
}

function training(i: number): Generated {
	return [
		`scripts/train_${i}.py`,
		`import torch\nfrom pkg.models.network_${i - 2} import Network${i - 2}\nfrom pkg.data.table_${i - 1} import Table${i - 1}\n\ntorch.manual_seed(${i})\nnet = Network${i - 2}()\noptimizer = torch.optim.AdamW(net.parameters())\n${functions(i)}\nif __name__ == "__main__":\n    for rows in Table${i - 1}("a.csv"):\n        net(rows).sum().backward()\n        optimizer.step()\n`,
	];
}

function helpers(i: number): Generated {
	return [`src/pkg/helpers/tools_${i}.py`, `import math\n\n${functions(i)}`];
}

function tests(i: number): Generated {
	return [
		`tests/test_${i}.py`,
		`from pkg.helpers.tools_${i - 1} import step_${i - 1}_0\n\n${functions(i)}`,
	];
}

const bodyOf = (i: number, n: number, indent: string) =>
	Array.from(
		{ length: 10 },
		(_, k) =>
			`${indent}value_${k} = (left[${k}] * ${n + 1} + right.get("key_${i}", ${k})) / max(1.0, float(${k + 2}))`,
	).join("\n");

const functions = (i: number) =>
	Array.from(
		{ length: FUNCTIONS },
		(_, n) =>
			`def step_${i}_${n}(left, right):\n    """Turn the left into the right, as step ${n} does."""\n${bodyOf(i, n, "    ")}\n    return value_0\n\n`,
	).join("\n");

const methods = (i: number) =>
	Array.from(
		{ length: FUNCTIONS },
		(_, n) =>
			`    def part_${n}(self, left, right):\n${bodyOf(i, n, "        ")}\n        return value_0\n`,
	).join("\n");
