import { describe, expect, it } from "vitest";
import type { Change } from "../../src/reports/change.ts";
import { applyChange } from "../../src/workspace/change-set.ts";

const BEFORE: Record<string, string> = {
	"train.py":
		"import os\n\ndef fit(x):\n    return x\n\ndef score(x):\n    return x\n",
	"win.py": "a = 1\r\nb = 2\r\n",
	"same.py": "x = 1\n",
};

type Parts = {
	files?: Record<string, string>;
	replacements?: [path: string, quote: string, replacement: string][];
	deletions?: string[];
};

const apply = ({ files = {}, replacements = [], deletions }: Parts) =>
	applyChange(async (path) => BEFORE[path], {
		title: "a change",
		why: "because",
		what: ["something"],
		files: Object.entries(files).map(([path, content]) => ({ path, content })),
		replacements: replacements.map(([path, quote, replacement]) => ({
			path,
			quote,
			replacement,
		})),
		...(deletions ? { deletions } : {}),
	} satisfies Change);

describe("a change set", () => {
	it("gives whole new contents of what it creates and edits", async () => {
		const applied = await apply({
			files: { "tests/test_train.py": "import unittest\n" },
			replacements: [
				[
					"train.py",
					"def score(x):\n    return x",
					"def score(x):\n    return 2",
				],
				["train.py", "import os", "import math"],
			],
		});
		expect(applied).toMatchObject({
			ok: true,
			files: [
				{ path: "tests/test_train.py", content: "import unittest\n" },
				{
					path: "train.py",
					content:
						"import math\n\ndef fit(x):\n    return x\n\ndef score(x):\n    return 2\n",
				},
			],
		});
	});

	it("edits a file with Windows line ends by quotes without them", async () => {
		const applied = await apply({
			replacements: [["win.py", "a = 1\nb = 2", "a = 1\nb = 3"]],
		});
		expect(applied).toMatchObject({
			files: [{ path: "win.py", content: "a = 1\r\nb = 3\r\n" }],
		});
	});

	it("takes a replacement literally, dollars and all", async () => {
		const applied = await apply({
			replacements: [["same.py", "x = 1", "x = '$& $1'"]],
		});
		expect(applied).toMatchObject({ files: [{ content: "x = '$& $1'\n" }] });
	});

	it("leaves out files that stay as they are", async () => {
		const applied = await apply({
			files: { "same.py": "x = 1\n", "new.py": "y = 1\n" },
		});
		expect(applied).toMatchObject({ files: [{ path: "new.py" }] });
	});

	it.each<[string, Parts, RegExp]>([
		[
			"a quote that occurs twice, with its lines",
			{ replacements: [["train.py", "    return x", "    return 1"]] },
			/occurs 2 times \(lines 4, 7\).*exactly once/,
		],
		[
			"a quote that does not occur",
			{ replacements: [["train.py", "nothing like it", "x"]] },
			/does not occur; view the file/,
		],
		[
			"a quote that only begins like a line",
			{ replacements: [["train.py", "def fit(x):\n  return x", "x"]] },
			/line 3 begins like it/,
		],
		[
			"quotes that overlap",
			{
				replacements: [
					["train.py", "import os\n\ndef fit", "a"],
					["train.py", "def fit(x)", "b"],
				],
			},
			/two quotes overlap near line 3/,
		],
		[
			"an edit of a file that does not exist",
			{ replacements: [["gone.py", "a", "b"]] },
			/gone\.py does not exist.*in files instead/,
		],
		["a protected path", { files: { ".github/x.yml": "a" } }, /protected/],
		[
			"an edit of a protected path",
			{ replacements: [["a/../../b.py", "a", "b"]] },
			/".." parts/,
		],
		[
			"a file below a file",
			{ files: { "train.py/x.py": "a" } },
			/train\.py is a file, not a folder/,
		],
		["NUL characters", { files: { "a.py": "\0" } }, /NUL/],
	])("is refused for %s", async (_, parts, fault) => {
		const applied = await apply(parts);
		expect(applied).toMatchObject({
			ok: false,
			faults: [expect.stringMatching(fault)],
		});
	});

	it("takes a file given whole as it was given, last entry last, edits of it left out", async () => {
		const applied = await apply({
			files: { "same.py": "y = 1\n" },
			replacements: [["same.py", "x = 1", "x = 2"]],
		});
		expect(applied).toMatchObject({
			ok: true,
			files: [{ path: "same.py", content: "y = 1\n" }],
		});
	});

	it("may come to nothing: no change is an outcome of its own", async () => {
		const applied = await apply({ files: { "same.py": "x = 1\n" } });
		expect(applied).toEqual({ ok: true, files: [], deletions: [] });
	});

	it("deletes what it does not also write, and no protected place", async () => {
		const deletions = ["win.py", "same.py", "win.py"];
		const applied = await apply({ files: { "same.py": "z = 1\n" }, deletions });
		expect(applied).toEqual({
			ok: true,
			files: [{ path: "same.py", content: "z = 1\n" }],
			deletions: ["win.py"],
		});
		const denied = await apply({ deletions: ["CODEOWNERS"] });
		expect(denied).toMatchObject({ ok: false });
	});

	it("may turn a file into a folder", async () => {
		const files = { "train.py/fit.py": "x = 1\n" };
		expect(await apply({ files })).toMatchObject({ ok: false });
		const both = await apply({ files, deletions: ["train.py"] });
		expect(both).toMatchObject({ ok: true, deletions: ["train.py"] });
	});

	it("tells all faults at once", async () => {
		const applied = await apply({
			files: { ".github/a.yml": "a", "/etc/passwd": "b" },
			replacements: [["train.py", "nope", "x"]],
		});
		expect(applied.ok ? [] : applied.faults).toHaveLength(3);
	});
});
