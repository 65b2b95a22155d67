import { expect, test } from "vitest";
import { estimateTokens } from "../../../src/ml/map/estimate-tokens.ts";
import { mapOf } from "../../../src/ml/map/map.ts";
import { renderMap } from "../../../src/ml/map/render.ts";
import { memoryTree } from "../../support/memory-tree.ts";

function manyFiles(count: number): Record<string, string> {
	return Object.fromEntries(
		Array.from({ length: count }, (_, i) => [
			`package_${i % 20}/a_rather_long_module_name_${i}.py`,
			`import torch\nclass Network${i}(torch.nn.Module):\n    def forward(self): pass\ntorch.manual_seed(${i})\ntorch.load(path)\nmodel.fit(x)\n`,
		]),
	);
}

test("a small repository is shown whole", async () => {
	const map = await mapOf(
		memoryTree({
			"net.py":
				'"""Our net."""\nfrom torch import nn\nclass Net(nn.Module): pass\n',
			"train.py": "import torch\nfrom net import Net\ntorch.load('x')\n",
		}),
	);
	expect(renderMap(map, { tokens: 2_000, name: "acme" })).toBe(`# ML map: acme
2 files; 2 py (6 lines); 0 test files; 0 notebooks (0 code lines)
frameworks: pytorch:2
folders: .(2 files, 6)

## Key files (read these first)
1. [model] net.py (3 lines; imported by 1) [model] Net:3-3 (Our net.)
2. [checkpoint] train.py (3 lines; imported by 0) [checkpoint]

## Models (1 file)
net.py: 3 Net(nn.Module)

## Checkpoints (1 file)
train.py: 3 torch.load
## Risk leads, unverified (1): train.py:3 torch.load without weights_only`);
});

test.each([150, 400, 2_000])("a map keeps to %d tokens", async (tokens) => {
	const map = await mapOf(memoryTree(manyFiles(200)));
	const text = renderMap(map, { tokens, task: "network 7" });
	expect(estimateTokens(text)).toBeLessThanOrEqual(tokens);
	expect(text).toMatch(/^# ML map\n200 files/);
	if (tokens >= 2_000) expect(text).toContain("## Seeding");
});

test("names in other scripts cost a token each", async () => {
	const name = "模型".repeat(40);
	const map = await mapOf(memoryTree({ [`${name}.py`]: "import torch\n" }));
	const text = renderMap(map, { tokens: 100 });
	expect([...text].filter((sign) => sign > "\x7f").length).toBeLessThan(100);
});

test("a folder without Python has a map that says so", async () => {
	const map = await mapOf(memoryTree({ "README.md": "# Hello" }));
	expect(renderMap(map, { tokens: 500 })).toContain("no Python files");
});
