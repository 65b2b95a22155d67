import { expect, test } from "vitest";
import { importGroups } from "../../../src/ml/rules/import-groups.ts";

const padding = `# ${"x".repeat(220_000)}\n`;
const groupsOf = (files: Record<string, string>) =>
	importGroups(
		new Map(
			Object.entries(files).map(([path, text]) => [path, text + padding]),
		),
	)
		.map((group) => [...group.keys()].sort().join(" "))
		.sort();

test("files that import each other stay together, the others do not", () => {
	expect(
		groupsOf({
			"a/main.py": "from .data import Rows\n",
			"a/data.py": "import pandas\n",
			"b/main.py": "from lib.tools import (\n    one,\n    two,\n)\n",
			"src/lib/tools.py": "",
			"c.py": "import numpy as np\n",
		}),
	).toEqual(["a/data.py a/main.py", "b/main.py src/lib/tools.py", "c.py"]);
});

test("a group that is too large is cut, callers before what they call", () => {
	const callers = ["a", "b", "c", "d", "e"].map(
		(name) => [`${name}.py`, "import tools\n"] as const,
	);
	const files = Object.fromEntries([...callers, ["tools.py", "x = 1\n"]]);
	expect(groupsOf(files)).toEqual(["a.py tools.py", "b.py c.py", "d.py e.py"]);
});

test("a small repository is one group", () => {
	const files = new Map([
		["a.py", "x = 1"],
		["b.py", "y = 2"],
	]);
	expect(importGroups(files)).toHaveLength(1);
	expect(importGroups(new Map())).toEqual([]);
});
