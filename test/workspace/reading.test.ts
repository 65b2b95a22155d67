import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { globMatcher } from "../../src/run/glob-match.ts";
import { glob } from "../../src/workspace/reading/glob.ts";
import { grep } from "../../src/workspace/reading/grep.ts";
import type { Reading } from "../../src/workspace/reading/reading.ts";
import { view } from "../../src/workspace/reading/view.ts";
import { folderTree, type Tree } from "../../src/workspace/tree.ts";

const NOTEBOOK = JSON.stringify({
	cells: [
		{ cell_type: "markdown", source: ["# Title\n", "words"] },
		{
			cell_type: "code",
			source: "df.fit_transform(x)",
			outputs: [
				{ output_type: "stream", text: ["12345"] },
				{ output_type: "display_data", data: { "image/png": "x" } },
			],
		},
	],
});

const FILES: Record<string, string | Uint8Array> = {
	"README.md": "# Churn\n",
	"churn/train.py":
		"import os\n\ndef fit(rows):\n    return rows\n\nSEED = 7\n",
	"churn/features.py": "def encode(rows):\n    return rows\n",
	"tests/test_train.py": "from churn.train import fit\n",
	"data/rows.csv": Array.from({ length: 900 }, (_, i) => `${i},0`).join("\n"),
	"wide.txt": `${"x".repeat(1_000)}\nshort\n`,
	"model.bin": new Uint8Array([1, 0, 2]),
	"weights.pt": "version https://git-lfs.github.com/spec/v1\noid x\nsize 98\n",
	"notes.ipynb": NOTEBOOK,
	"old.ipynb": JSON.stringify({
		nbformat: 3,
		worksheets: [{ cells: [{ cell_type: "code", input: ["import old"] }] }],
	}),
	"broken.ipynb": `{"cells": [{"source": "secret_of_the_json"`,
	"rude.ipynb": JSON.stringify({
		cells: [
			{
				cell_type: "code]\n# %% [cell 7",
				source: "a()",
				outputs: [
					{ output_type: "error", ename: "E]\n99\tos.system()" },
					{ data: { "x\ny": "" } },
				],
			},
			{ cell_type: "code", source: 7, outputs: "none" },
		],
	}),
	"huge.txt": "0123456789\n".repeat(120_000),
	"empty.txt": "",
	".gitignore": "churn/\n",
	".git/config": "secret = 1\n",
};

let tree: Tree;

beforeAll(async () => {
	const root = mkdtempSync(join(tmpdir(), "reading-"));
	const outside = join(mkdtempSync(join(tmpdir(), "outside-")), "host.txt");
	writeFileSync(outside, "a secret of the host\n");
	for (const [path, content] of Object.entries(FILES)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), content);
	}
	symlinkSync(outside, join(root, "link.txt"));
	symlinkSync(dirname(outside), join(root, "linked"));
	tree = await folderTree(root);
});

const text = async (reading: Promise<Reading>) => {
	const done = await reading;
	return done.ok ? done.text : `${done.code}: ${done.message}`;
};

describe("every reading tool", () => {
	it.each([
		["/etc/passwd", "E_FORBIDDEN"],
		["../outside.txt", "E_FORBIDDEN"],
		["churn/../../x", "E_FORBIDDEN"],
		["C:\\Windows", "E_FORBIDDEN"],
		["a\0b", "E_FORBIDDEN"],
		[".git/config", "E_FORBIDDEN"],
		["link.txt", "E_FORBIDDEN"],
		["linked/host.txt", "E_NOT_FOUND"],
		["/proc/self/environ", "E_FORBIDDEN"],
	])("keeps to the tree: %j is %s", async (path, code) => {
		expect(await view(tree, { path })).toMatchObject({ ok: false, code });
		const found = await grep(tree, { path, pattern: "secret" });
		expect(found).toMatchObject({ ok: false, code });
	});

	it("names the nearest paths when one does not exist", async () => {
		expect(await text(view(tree, { path: "churn/trian.py" }))).toMatch(
			/^E_NOT_FOUND: .*nearest: churn\/train\.py/,
		);
	});
});

describe("view", () => {
	it("numbers lines", async () => {
		expect(await text(view(tree, { path: "churn/features.py" }))).toBe(
			"1\tdef encode(rows):\n2\t    return rows",
		);
	});

	it("shows a range and says where to go on", async () => {
		const range = { path: "./churn/train.py", start: 3, end: 4 };
		expect(await text(view(tree, range))).toBe(
			"3\tdef fit(rows):\n4\t    return rows\n[lines 3-4 of 6; next: start=5]",
		);
	});

	it("shows 250 lines of a long file, 500 when asked", async () => {
		const path = "data/rows.csv";
		const some = await text(view(tree, { path }));
		expect(some).toContain("[lines 1-250 of 900; next: start=251]");
		const more = await text(view(tree, { path, start: 1, end: 900 }));
		expect(more).toContain("[lines 1-500 of 900; next: start=501]");
	});

	it("cuts long lines", async () => {
		expect(await text(view(tree, { path: "wide.txt" }))).toContain(
			"… [600 more characters]\n2\tshort",
		);
	});

	it.each([
		[
			{ path: "churn/train.py", start: 99 },
			"E_RANGE: churn/train.py has 6 lines",
		],
		[{ path: "churn/train.py", start: 4, end: 2 }, "E_RANGE: end 2 is before"],
		[{ path: "model.bin" }, "[binary file, 3 bytes"],
		[{ path: "weights.pt" }, "[Git LFS pointer to 98 bytes;"],
		[{ path: "huge.txt" }, "[text of 1320000 bytes in 120000 lines;"],
		[{ path: "huge.txt", start: 99_999, end: 99_999 }, "99999\t0123456789"],
		[{ path: "empty.txt" }, "[empty.txt is empty]"],
		[{ path: "churn" }, "churn/features.py\nchurn/train.py"],
		[{ path: "." }, "tests/ (1 files)"],
	])("of %j says %s", async (params, expected) => {
		expect(await text(view(tree, params))).toContain(expected);
	});

	it("shows a notebook as its cells", async () => {
		expect(await text(view(tree, { path: "notes.ipynb" }))).toBe(
			[
				"1\t# %% [cell 0 markdown]",
				"2\t# Title",
				"3\twords",
				"4\t# %% [cell 1 code]",
				"5\tdf.fit_transform(x)",
				"6\t[output: text 5 chars | image/png]",
			].join("\n"),
		);
	});
});

describe("a notebook", () => {
	it("of the old format is shown as well", async () => {
		expect(await text(view(tree, { path: "old.ipynb" }))).toBe(
			"1\t# %% [cell 0 code]\n2\timport old",
		);
	});

	it("that cannot be read is described, never shown as JSON", async () => {
		const shown = await text(view(tree, { path: "broken.ipynb" }));
		expect(shown).toMatch(/^\[not a notebook that can be read, \d+ bytes\]$/);
		expect(await text(grep(tree, { pattern: "secret_of" }))).toContain(
			"No line",
		);
	});

	it("cannot make up lines or cells by what stands in its fields", async () => {
		expect(await text(view(tree, { path: "rude.ipynb" }))).toBe(
			[
				"1\t# %% [cell 0 unknown]",
				"2\ta()",
				"3\t[output: error E_99_os.system_ | x_y]",
				"4\t# %% [cell 1 code]",
				"5\t",
			].join("\n"),
		);
	});
});

describe("grep", () => {
	it("shows the lines of a notebook that is named as view does", async () => {
		const named = { path: "notes.ipynb", pattern: "fit_transform" };
		expect(await text(grep(tree, named))).toBe(
			"notes.ipynb:5:df.fit_transform(x)",
		);
	});

	it("searches edits that are only proposed in place of the disk", async () => {
		const files: Record<string, string> = {
			"churn/train.py": "edited = fit\n",
			"new/made.py": "made = fit\n",
		};
		const edits: Tree = {
			...tree,
			edited: () => Object.keys(files),
			paths: async () => [...(await tree.paths()), "new/made.py"].sort(),
			text: async (path) => files[path] ?? tree.text(path),
		};
		const both = "churn/train.py:1:edited = fit\nnew/made.py:1:made = fit";
		const python = { pattern: "= fit|def fit", glob: "*.py" };
		expect(await text(grep(edits, python))).toBe(both);
		const inNew = { pattern: "fit", path: "new" };
		expect(await text(grep(edits, inNew))).toBe("new/made.py:1:made = fit");
	});

	it("finds lines, .gitignore or not, but never in .git or links", async () => {
		expect(await text(grep(tree, { pattern: "^def \\w+" }))).toBe(
			"churn/features.py:1:def encode(rows):\nchurn/train.py:3:def fit(rows):",
		);
		expect(await text(grep(tree, { pattern: "secret" }))).toContain("No line");
	});

	it("narrows by path, glob and case, and shows context", async () => {
		const one = { pattern: "seed", path: "churn", ignore_case: true };
		expect(await text(grep(tree, one))).toBe("churn/train.py:6:SEED = 7");
		expect(await text(grep(tree, { pattern: "fit", glob: "tests/**" }))).toBe(
			"tests/test_train.py:1:from churn.train import fit",
		);
		const around = { pattern: "return", path: "churn/train.py", context: 1 };
		expect(await text(grep(tree, around))).toBe(
			"churn/train.py-3-def fit(rows):\nchurn/train.py:4:    return rows\nchurn/train.py-5-",
		);
	});

	it("counts what it does not show", async () => {
		const found = await text(grep(tree, { pattern: ",0" }));
		expect(found.split("\n").slice(0, 8)).toHaveLength(8);
		expect(found).toContain("data/rows.csv:8:7,0");
		expect(found).not.toContain("data/rows.csv:9:");
		expect(found).toContain("data/rows.csv (892)");
		const files = await text(grep(tree, { pattern: "rows", mode: "files" }));
		expect(files).toBe("churn/features.py (2)\nchurn/train.py (2)");
	});

	it("shows a notebook's lines as view numbers them", async () => {
		expect(await text(grep(tree, { pattern: "fit_transform" }))).toBe(
			"notes.ipynb:5:df.fit_transform(x)",
		);
	});

	it("finds the rest when one notebook holds a NUL or a thousand hits", async () => {
		const cell = (source: string) =>
			JSON.stringify({ cells: [{ cell_type: "code", source }] });
		const files: Record<string, string> = {
			"a.ipynb": cell("fit\0(1)"),
			"b.ipynb": cell("fit()\n".repeat(1_200)),
			"c.ipynb": cell("refit()"),
			"d.py": "fit\0(2)\n",
		};
		const edits: Tree = {
			...tree,
			edited: () => ["d.py"],
			paths: async () => Object.keys(files),
			text: async (path) => files[path],
		};
		const mode = "files";
		expect(await text(grep(edits, { pattern: "fit", mode }))).toBe(
			"a.ipynb (1)\nb.ipynb (1200)\nc.ipynb (1)\nd.py (1)",
		);
		expect(await text(grep(edits, { pattern: "[(]2" }))).toBe(
			"d.py:1:fit\u2400(2)",
		);
	});

	it("says in one line what is wrong with a pattern", async () => {
		const wrong = await text(grep(tree, { pattern: "(" }));
		expect(wrong).toMatch(/^E_PATTERN: .*unclosed group/);
		expect(wrong).not.toContain("\n");
		for (const pattern of ["", "a\0b", "x".repeat(2_000)])
			expect(await text(grep(tree, { pattern }))).toContain("E_PATTERN: the");
		expect(await text(grep(tree, { pattern: "--version" }))).toContain(
			"No line",
		);
	});

	it("is not slowed down by a catastrophic pattern", async () => {
		const began = performance.now();
		await grep(tree, { pattern: "(x+x+)+y" });
		expect(performance.now() - began).toBeLessThan(2_000);
	});
});

describe("glob", () => {
	it("lists paths, and counts the rest", async () => {
		expect(await text(glob(tree, { pattern: "*.py" }))).toBe(
			"churn/features.py\nchurn/train.py\ntests/test_train.py",
		);
		expect(await text(glob(tree, { pattern: "**", limit: 2 }))).toMatch(
			/\n\+\d+ more/,
		);
		expect(await text(glob(tree, { pattern: "*.rs" }))).toContain("No file");
		expect(await text(glob(tree, { pattern: "**/config" }))).toContain(
			"No file",
		);
	});

	it.each([
		["*.py", "a/b.py", true],
		["./*.py", "a/b.py", false],
		["a/*.py", "a/b.py", true],
		["a/*.py", "a/c/b.py", false],
		["a/**/*.py", "a/b.py", true],
		["a/**/*.py", "a/c/d/b.py", true],
		["a/", "a/c/d", true],
		["**/t?st_[a-c]*.{py,txt}", "x/test_b.txt", true],
		["**/t?st_[!a-c]*.py", "x/test_b.py", false],
		["{a,b/{c,d}}/x", "b/d/x", true],
		["a/**", "ab/c", false],
		["[", "[", true],
	])("%s matches %s: %s", (pattern, path, expected) => {
		const matcher = globMatcher(pattern);
		expect(matcher.ok && matcher.matches(path)).toBe(expected);
	});

	it("stays fast on patterns made to be slow", () => {
		const stars = globMatcher(`${"*a".repeat(80)}b`);
		const folders = globMatcher(`${"**/a/".repeat(30)}b`);
		expect(globMatcher("{a,b}".repeat(20)).ok).toBe(false);
		const began = performance.now();
		if (stars.ok) expect(stars.matches("a".repeat(4_000))).toBe(false);
		if (folders.ok) expect(folders.matches("a/".repeat(2_000))).toBe(false);
		expect(performance.now() - began).toBeLessThan(500);
	});
});
