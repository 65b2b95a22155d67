import { execFileSync } from "node:child_process";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mapOf } from "../../../src/ml/map/map.ts";
import { mapAsJson } from "../../../src/ml/map/map-json.ts";
import type { MlMap } from "../../../src/ml/map/ml-map.ts";
import { renderMap } from "../../../src/ml/map/render.ts";
import { folderTree } from "../../../src/workspace/tree.ts";
import { type TempTree, tempTree } from "../../support/temp-tree.ts";

const FILES: Record<string, string> = {
	"good.py": "import torch\nclass Net(torch.nn.Module): pass\n",
	"parentheses.py": "(".repeat(100_000),
	"calls.py": "f(".repeat(20_000) + ")".repeat(20_000),
	"chain.py": `a${".b()".repeat(20_000)}`,
	"dots.py": `from ${".".repeat(200_000)} import x`,
	"long.py": `x = "${"a".repeat(1_000_001)}"`,
	"nul.py": "x = 1\0",
	"names.py":
		"import __proto__\nclass __proto__(nn.Module): pass\nclass constructor(__proto__): pass\n",
	"circle.py": "from circle import *\nclass A(B): pass\nclass B(A): pass\n",
	"broken.ipynb": '{"cells": [',
	"deep.ipynb": "[".repeat(200_000),
	"odd.ipynb": '{"cells": [{"cell_type": "code", "source": 3}, 4]}',
	"classes.py": "class A(B):0\n".repeat(70_000),
	"modules.py": `from ${"m".repeat(100_000)} import ${"a,".repeat(100_000)}b`,
	"large.ipynb": JSON.stringify({
		cells: [
			{
				cell_type: "code",
				source: "x = 1",
				outputs: [{ text: "a".repeat(8_000_000) }],
			},
		],
	}),
	"line\nbreak.py": "import torch\ntorch.load(x)\n",
	"b.yaml": `_target_: ${"a.".repeat(40_000)}`,
};

let tree: TempTree;
let map: MlMap;
beforeAll(async () => {
	tree = await tempTree(FILES);
	await symlink("/etc/passwd", join(tree.root, "link.py"));
	await symlink("/etc", join(tree.root, "linked"));
	execFileSync("mkfifo", [join(tree.root, "pipe.py")]);
	map = await mapOf(await folderTree(tree.root));
});
afterAll(() => tree.remove());

test("what cannot be read is skipped with a reason, and the rest is read", () => {
	const why = new Map(map.totals.skipped.map((one) => [one.path, one.why]));
	expect(why.get("long.py")).toBe("over 1 MB");
	expect(why.get("nul.py")).toBe("not UTF-8 text");
	expect(why.get("link.py")).toBe("symbolic link");
	expect(why.get("pipe.py")).toBe("not a regular file");
	expect(why.get("broken.ipynb")).toBe("not a notebook that can be read");
	expect(why.get("deep.ipynb")).toBe("not a notebook that can be read");
	expect(why.get("large.ipynb")).toBe("over 8 MB");
	const good = map.files.find(({ path }) => path === "good.py");
	expect(good?.roles.model).toHaveLength(1);
});

test("of one file is kept what a person could have written", () => {
	const facts = new Map(map.files.map((one) => [one.path, one]));
	const classes = facts.get("classes.py")?.classes.length ?? 0;
	expect(classes).toBeLessThanOrEqual(2_000);
	const size = (path: string) => JSON.stringify(facts.get(path) ?? {}).length;
	expect(size("modules.py")).toBeLessThan(1_000_000);
});

test("nothing outside of the folder is in the map", () => {
	expect(JSON.stringify(mapAsJson(map, "x"))).not.toMatch(/passwd|root:/);
});

test("names that are names of JavaScript are names like others", () => {
	const names = map.files.find(({ path }) => path === "names.py");
	expect(names?.roles.model?.map(({ label }) => label)).toEqual([
		"__proto__(nn.Module)",
		"constructor(__proto__)",
	]);
});

test("a file's name stays on its line", () => {
	const lines = renderMap(map, { tokens: 2_000 }).split("\n");
	expect(lines.filter((line) => /^break\.py/.test(line))).toEqual([]);
});
