import { afterAll, beforeAll, expect, test } from "vitest";
import { glob } from "../../src/agents/tools/glob.ts";
import { map } from "../../src/agents/tools/map.ts";
import { type TempTree, tempTree } from "../support/temp-tree.ts";

const FILES = {
	"README.md": "# Churn\n",
	"churn/model.py":
		"import torch.nn as nn\n\nclass Net(nn.Module):\n    def forward(self, x):\n        return x\n",
	"churn/train.py":
		"from churn.model import Net\nfrom sklearn.model_selection import train_test_split\n\ndef fit(rows):\n    a, b = train_test_split(rows)\n    return Net()\n",
	"churn/warmup.py": "def warmup_schedule(step):\n    return step / 100\n",
	"a_script.py": "print('hello')\n",
};

let tree: TempTree;
beforeAll(async () => {
	tree = await tempTree(FILES);
});
afterAll(() => tree.remove());

const ask = async (input: object) => {
	const reading = await map.read(tree, input);
	return reading.ok ? reading.text : `${reading.code}: ${reading.message}`;
};

test("the map of the repository comes without arguments", async () => {
	const shown = await ask({});
	expect(shown).toContain("## Key files");
	expect(shown).toContain("churn/model.py");
});

test("a role gives its files with the lines that say so", async () => {
	expect(await ask({ role: "split" })).toBe(
		"churn/train.py: 5 train_test_split",
	);
	expect(await ask({ role: "tracking" })).toContain("No file plays the role");
	expect(await ask({ role: "boss" })).toContain("there are model, estimator");
});

test("a query gives the nearest files with the lines to view", async () => {
	const [first] = (await ask({ query: "warmup of the rate" })).split("\n");
	expect(first).toBe("churn/warmup.py warmup_schedule:1-2");
	expect((await ask({ query: "net", limit: 1 })).split("\n")).toHaveLength(1);
});

test("glob lists first what much stands on", async () => {
	const found = await glob.read(tree, { pattern: "*.py", limit: 2 });
	expect(found.ok && found.text.split("\n")[0]).toBe("churn/model.py");
	expect(found.ok && found.text).toContain("+2 more");
});
