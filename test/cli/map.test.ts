import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { map } from "../../src/cli/map/map.ts";
import { type TempTree, tempTree } from "../support/temp-tree.ts";

let tree: TempTree;
beforeEach(async () => {
	tree = await tempTree({
		"train.py": "import torch\nloss.backward()\n",
		"model.py": "from torch import nn\nclass Net(nn.Module): pass\n",
	});
});
afterEach(() => tree.remove());

async function ask(options: object, folder = tree.root) {
	const said: string[] = [];
	const complaints: string[] = [];
	const code = await map(
		folder,
		{ task: "", json: false, tokens: "2000", ...options },
		(text) => said.push(text),
		(line) => complaints.push(line),
	);
	return { code, said: said.join("\n"), complaints: complaints.join("\n") };
}

test("the map is printed as text", async () => {
	const { code, said } = await ask({ task: "the net" });
	expect(code).toBe(0);
	expect(said).toContain("1. [task] model.py");
	expect(said).toContain("## Training (1 file)\ntrain.py: 2 loss.backward");
});

test("as JSON it holds what programs need", async () => {
	const { code, said } = await ask({ json: true, task: "the net" });
	expect(code).toBe(0);
	expect(JSON.parse(said)).toMatchObject({
		totals: { files: 2, py: 2, skipped: [] },
		keyFiles: [
			{ path: "model.py", why: "task", ranges: [[2, 2]] },
			{ path: "train.py", why: "train", ranges: [[1, 2]] },
		],
		taskFiles: [{ path: "model.py" }, { path: "train.py" }],
		files: [{ path: "model.py", classes: [{ name: "Net" }] }, {}],
	});
});

test("a folder that is none is a fault in words", async () => {
	const nowhere = await ask({}, join(tree.root, "nowhere"));
	expect(nowhere.code).toBe(1);
	expect(nowhere.complaints).toContain("does not exist");
	const file = await ask({}, join(tree.root, "train.py"));
	expect(file.code).toBe(1);
	expect(file.complaints).toContain("is not a folder");
});

test("a budget that is none is a fault of the command", async () => {
	const { code, complaints } = await ask({ tokens: "few" });
	expect(code).toBe(2);
	expect(complaints).toContain("whole number");
});
