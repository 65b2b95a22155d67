import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mapOf } from "../../../src/ml/map/map.ts";
import type { MlMap, Role } from "../../../src/ml/map/ml-map.ts";
import { READ_LIMITS } from "../../../src/ml/map/read-facts.ts";
import { memoryTree } from "../../support/memory-tree.ts";
import { tempTree } from "../../support/temp-tree.ts";

const read = (files: Record<string, string>) => mapOf(memoryTree(files));

function file(map: MlMap, path: string) {
	const found = map.files.find((one) => one.path === path);
	if (!found) throw new Error(`${path} is not in the map`);
	return found;
}

const labels = (map: MlMap, path: string, role: Role) =>
	(file(map, path).roles[role] ?? []).map(
		({ line, label }) => `${line} ${label}`,
	);

test("a class is a model when its base's base is one, wherever that stands", async () => {
	const map = await read({
		"pkg/__init__.py": "from .base import *\n",
		"pkg/base.py": "from torch import nn\nclass Base(nn.Module):\n    pass\n",
		"pkg/net.py": "from . import Base\n\nclass Net(Base):\n    pass\n",
		"use.py":
			"from pkg.net import Net as N\nclass Wide(N):\n    def training_step(self): pass\n",
	});
	expect(labels(map, "pkg/net.py", "model")).toEqual(["3 Net(Base)"]);
	expect(labels(map, "use.py", "model")).toEqual(["2 Wide(N)"]);
	expect(labels(map, "use.py", "train")).toEqual(["3 Wide.training_step"]);
});

test("a framework's own classes are what their names are known for", async () => {
	const map = await read({
		"a.py": "class Dataset:\n    pass\nclass Rows(Dataset):\n    pass\n",
	});
	expect(labels(map, "a.py", "data")).toEqual([
		"1 Dataset()",
		"3 Rows(Dataset)",
	]);
});

test("calls are known by what their names stand for", async () => {
	const map = await read({
		"train.py": [
			"import torch.optim as o, numpy as np",
			"from sklearn.model_selection import (",
			"    train_test_split as tts,  # halves",
			")",
			"import wandb",
			"a, b = tts(np.load('x.npy'), random_state=1)",
			"opt = o.AdamW(p)",
			"criterion(x).backward()",
			"opt.step()",
			"wandb.log({})",
			"plt.fit(); scaler.fit(a); clock.step()",
			"if __name__ == '__main__':",
			"    pass",
		].join("\n"),
	});
	expect(labels(map, "train.py", "split")).toEqual(["6 tts"]);
	expect(labels(map, "train.py", "data")).toEqual(["6 np.load"]);
	expect(labels(map, "train.py", "train")).toEqual([
		"7 o.AdamW",
		"8 ?.backward",
		"9 opt.step",
	]);
	expect(labels(map, "train.py", "tracking")).toEqual(["10 wandb.log"]);
	expect(labels(map, "train.py", "entry")).toEqual(["12 __main__"]);
});

test("imports are counted at the file that defines the name", async () => {
	const map = await read({
		"src/lib/__init__.py": "from .core import fit\n",
		"src/lib/core.py": "def fit(): pass\n",
		"src/lib/other.py": "from ..lib import core\n",
		"run.py": "from lib import fit\n",
		"conf/model.yaml": "_target_: lib.core.fit\n",
	});
	expect(file(map, "src/lib/core.py").inDegree).toBe(4);
	expect(file(map, "src/lib/__init__.py").inDegree).toBe(0);
});

test("a notebook is read cell by cell, with the lines that view shows", async () => {
	const cell = (cell_type: string, source: string, outputs = [{}]) => ({
		cell_type,
		source,
		outputs: cell_type === "code" ? outputs : [],
	});
	const map = await read({
		"a.ipynb": JSON.stringify({
			cells: [
				cell("markdown", "# Churn\ntext"),
				cell(
					"code",
					"%matplotlib inline\n!pip install \\\n  torch\nimport torch",
				),
				cell("code", "%%bash\nclass Not(torch.nn.Module): pass"),
				cell("code", "class Net(torch.nn.Module):\n    pass"),
			],
		}),
	});
	const notebook = file(map, "a.ipynb");
	expect(notebook.hasSyntaxError).toBe(false);
	expect(notebook.doc).toBe("Churn");
	expect(notebook.classes).toMatchObject([
		{ name: "Net", line: 15, end: 16, cell: 3 },
	]);
	expect(map.totals).toMatchObject({ notebooks: 1, nbCodeLoc: 8 });
});

test("frameworks are those that files import, not those of the repository", async () => {
	const map = await read({
		"torch/__init__.py": "",
		"a.py": "import torch, numpy.linalg, json\nimport sklearn\n",
		"b.py": "from sklearn.svm import SVC\n",
	});
	expect(map.frameworks).toEqual([
		{ name: "sklearn", files: 2 },
		{ name: "numpy", files: 1 },
	]);
});

test("risk leads keep silent about targets and what is said to be safe", async () => {
	const map = await read({
		"a.py": [
			"import torch",
			"encoder = LabelEncoder()",
			"y = encoder.fit_transform(y)",
			"x = StandardScaler().fit_transform(x)",
			"x = Scaler().fit_transform(X_test)",
			"p, q = train_test_split(x, y)",
			"p, q = train_test_split(x, y, random_state=3)",
			"v = df['load'].shift(-1)",
			"w = df.groupby('id').shift(1)",
			"y['t'] = target.shift(-1)",
			"torch.load(path)",
			"torch.load(path, weights_only=True)",
			"DataLoader(val_set, shuffle=True)",
			"DataLoader(train_set, shuffle=True)",
			"df.fillna(method='bfill')",
		].join("\n"),
		"tests/test_a.py": "import torch\ntorch.load(path)\n",
	});
	expect(
		map.riskLeads.map(({ path, line, rule }) => `${path}:${line} ${rule}`),
	).toEqual([
		"a.py:5 fit_transform on held-out data",
		"a.py:6 train_test_split without random_state",
		"a.py:8 negative shift",
		"a.py:11 torch.load without weights_only",
		"a.py:13 evaluation loader with shuffle=True",
		"a.py:15 backward fill",
		"a.py:4 fit_transform before the split",
		"a.py:5 fit_transform before the split",
	]);
});

test("a tree's map is made once", async () => {
	const tree = memoryTree({ "a.py": "x = 1\n" });
	expect(await mapOf(tree)).toBe(await mapOf(tree));
});

test("facts are kept where the tree says, and found again", async () => {
	const tree = await tempTree({ "a.py": "import torch\nclass Kept: pass\n" });
	const facts = `${tree.root}/kept`;
	const source = { ...tree, facts };
	const before = await mapOf(source);
	const [file = ""] = (await readdir(facts, { recursive: true })).filter(
		(path) => path.endsWith(".json"),
	);
	expect(await readFile(join(facts, file), "utf8")).toContain("Kept");
	expect((await mapOf({ ...source })).files).toEqual(before.files);
	await tree.remove();
});

test("when the time is over, tests are what is missing", async () => {
	const tree = memoryTree({ "tests/test_a.py": "x = 1\n", "z.py": "y = 1\n" });
	const limits = { ...READ_LIMITS, allMilliseconds: -1 };
	const map = await mapOf(tree, { limits });
	expect(map.totals.skipped).toEqual([
		{ path: "tests/test_a.py", why: "the time for all files was over" },
		{ path: "z.py", why: "the time for all files was over" },
	]);
});
