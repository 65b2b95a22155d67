import { afterAll, beforeAll, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import { visibleTree } from "../../src/workspace/hidden-tree.ts";
import { glob } from "../../src/workspace/reading/glob.ts";
import { grep } from "../../src/workspace/reading/grep.ts";
import { view } from "../../src/workspace/reading/view.ts";
import type { Tree } from "../../src/workspace/tree.ts";
import { type TempTree, tempTree } from "../support/temp-tree.ts";

const rules = { ...DEFAULT_CONFIG.paths, read_deny: ["secret/**", "*.key"] };
let real: TempTree;
let tree: Tree;

beforeAll(async () => {
	real = await tempTree({
		"a.py": "token = 1\n",
		"secret/b.py": "token = 2\n",
		"deep/x.key": "token = 3\n",
	});
	tree = visibleTree(real, rules);
});
afterAll(() => real.remove());

const textOf = async (reading: Promise<{ ok: boolean }>) =>
	JSON.stringify(await reading);

it("hidden files are in no listing and in no search", async () => {
	expect(await tree.paths()).toEqual(["a.py"]);
	expect([...(await tree.files()).keys()]).toEqual(["a.py"]);
	expect(await textOf(glob(tree, { pattern: "**" }))).not.toMatch(/secret|key/);
	const hits = await textOf(grep(tree, { pattern: "token" }));
	expect(hits).toContain("a.py:1");
	expect(hits).not.toMatch(/secret|key|= [23]/);
});

it("opening one says who hid it", async () => {
	expect(await tree.text("secret/b.py")).toBeUndefined();
	expect(await tree.read("deep/x.key")).toBeUndefined();
	expect(await view(tree, { path: "secret/b.py" })).toMatchObject({
		ok: false,
		code: "E_FORBIDDEN",
		message: expect.stringContaining("paths.read_deny"),
	});
});

it("the same rule over the same tree is the same tree", () => {
	expect(visibleTree(real, { ...rules })).toBe(tree);
	expect(visibleTree(real, DEFAULT_CONFIG.paths)).toBe(real);
});
