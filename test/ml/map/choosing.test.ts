import { expect, test } from "vitest";
import { keyFiles } from "../../../src/ml/map/key-files.ts";
import { mapOf } from "../../../src/ml/map/map.ts";
import { taskFiles } from "../../../src/ml/map/task-files.ts";
import { memoryTree } from "../../support/memory-tree.ts";

/** A small repository as one meets them: scripts, a package, tests, examples. */
const map = await mapOf(
	memoryTree({
		"README.md": "# Churn",
		"train.py": [
			"from churn.model import ChurnNet",
			"from churn.data import CustomerTable",
			"import torch",
			"def train(epochs):",
			"    net = ChurnNet()",
			"    opt = torch.optim.AdamW(net.parameters())",
			"    loss.backward()",
			"    opt.step()",
			"train(3)",
		].join("\n"),
		"churn/__init__.py": "",
		"churn/model.py":
			"from torch import nn\n\nclass ChurnNet(nn.Module):\n    def forward(self, x):\n        return self.attention_dropout(x)\n",
		"churn/data.py":
			"import pandas as pd\nfrom torch.utils.data import Dataset\nclass CustomerTable(Dataset):\n    def __init__(self):\n        self.rows = pd.read_csv('customers.csv')\n",
		"churn/learning_rate.py":
			"def warmup_schedule(step):\n    return step / 100\n",
		"churn/metrics.py":
			"from sklearn.metrics import average_precision_score\ndef pr_auc(y, p):\n    return average_precision_score(y, p)\n",
		"serve/app.py":
			"from fastapi import FastAPI\napp = FastAPI()\n@app.post('/score')\ndef score(): pass\n",
		"examples/warmup_demo.py": "def warmup_schedule(): pass\n",
		"tests/test_learning_rate.py":
			"from churn.learning_rate import warmup_schedule\ndef test_warmup_schedule(): pass\n",
		"churn/pretrain.py":
			"import torch\ndef run(loss, optimizer):\n    loss.backward()\n    optimizer.step()\n",
		"setup.py": "",
		"scripts/prepare.py": "import pandas as pd\npd.read_parquet('x')\n",
	}),
);

const first = (text: string, count = 1) =>
	taskFiles(map, text, count).map(({ path }) => path);

test("a word finds the file whose names it is part of", () => {
	expect(first("The warm-up schedule of the learning rate is wrong")).toEqual([
		"churn/learning_rate.py",
	]);
	expect(first("Report PR AUC next to accuracy")).toEqual(["churn/metrics.py"]);
});

test("a word that stands in the text alone finds it too", () => {
	expect(first("dropout of 0.1")).toEqual(["churn/model.py"]);
});

test("a file that is called by its name comes first", () => {
	expect(first("ChurnNet loss: see scripts/prepare.py")).toEqual([
		"scripts/prepare.py",
	]);
});

test("tests and examples come after what they show, and are not hidden", () => {
	const [best, ...next] = first("warmup_schedule", 3);
	expect(best).toBe("churn/learning_rate.py");
	expect(next.toSorted()).toEqual([
		"examples/warmup_demo.py",
		"tests/test_learning_rate.py",
	]);
});

test("there are ten files to begin with, whatever the words", async () => {
	expect(taskFiles(map, "", 10)).toHaveLength(10);
	expect(taskFiles(map, "zebra", 10)).toHaveLength(10);
	const few = await mapOf(
		memoryTree(
			Object.fromEntries(
				Array.from({ length: 12 }, (_, i) => [`notes/${i}.md`, "x"]),
			),
		),
	);
	expect(taskFiles(few, "note 7", 30)).toHaveLength(10);
});

test("each part is told by the file that plays it best", () => {
	const why = new Map(keyFiles(map).map(({ path, why }) => [path, why]));
	expect(why.get("train.py")).toBe("train");
	expect(why.get("churn/model.py")).toBe("model");
	expect(why.get("churn/data.py")).toBe("data");
	expect(why.get("churn/metrics.py")).toBe("eval");
	expect(why.get("serve/app.py")).toBe("serve");
	expect(why.has("tests/test_learning_rate.py")).toBe(false);
});

test("that a task points to a role's best file does not lift the second best", () => {
	const keys = keyFiles(map, "resume in train.py");
	expect(keys.slice(0, 2)).toMatchObject([
		{ path: "train.py", why: "task" },
		{ path: "churn/model.py", why: "model" },
	]);
});

test("a task's files stand before the others, with the lines to open", () => {
	const [best, ...others] = keyFiles(map, "warmup schedule of learning rate");
	expect(best).toEqual({
		path: "churn/learning_rate.py",
		why: "task",
		ranges: [[1, 2]],
	});
	expect(others.slice(0, 2)).toMatchObject([
		{ path: "train.py", why: "train" },
		{ path: "churn/model.py", why: "model" },
	]);
});
