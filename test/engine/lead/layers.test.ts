// Where each was merged before the next began, others have worked in between.
import { describe, expect, it } from "vitest";
import { branchName } from "../../../src/engine/lead/branch-name.ts";
import { layersOf, startOf } from "../../../src/engine/lead/layers.ts";
import {
	introduction,
	placeQuote,
} from "../../../src/engine/lead/stack-diff.ts";
import type { PullRef } from "../../../src/reports/change.ts";
import { topOf } from "../../../src/run/top.ts";
import type { Tree } from "../../../src/workspace/tree.ts";
import { begun } from "../../support/runs.ts";

const FILES: Record<string, string> = {
	base: "a\nb\n",
	first: "a\nours 1\nb\n",
	// Squashed, and somebody added a line above it.
	trunk: "theirs\na\nours 1\nb\n",
	second: "theirs\na\nours 1\nb\nours 2\n",
	top: "theirs\na\nours 1\nb\nours 2\ntheirs too\n",
};
const treeAt = async (sha: string) =>
	({ sha, text: async () => FILES[sha] }) as unknown as Tree;

const pull = (number: number, headSha: string, baseSha?: string): PullRef => ({
	...{ number, headSha, url: "", branch: `b${number}`, base: "main" },
	...{ title: "", files: [{ path: "m.py", additions: 1, deletions: 0 }] },
	...(baseSha ? { baseSha } : {}),
});

const STACK = [pull(7, "first"), pull(8, "second", "trunk")];
const { run: fresh } = begun();
const run = { ...fresh, base: { branch: "main", sha: "base" } };
const merged = {
	...run,
	ground: "top",
	merges: STACK.map(({ number, branch }) => ({ number, branch })),
};

describe("a line of the default branch", () => {
	it("is traced through the merges to the pull request that added it", async () => {
		const layers = await layersOf(merged, STACK, treeAt);
		expect(await introduction(layers, "m.py", 3)).toEqual({ pull: 7, line: 2 });
		expect(await introduction(layers, "m.py", 5)).toEqual({ pull: 8, line: 5 });
	});

	it("that others added in between belongs to none", async () => {
		const layers = await layersOf(merged, STACK, treeAt);
		expect(await introduction(layers, "m.py", 1)).toBeUndefined();
		expect(await introduction(layers, "m.py", 6)).toBeUndefined();
		expect(await placeQuote(layers, "m.py", "theirs")).toBeUndefined();
		expect(await placeQuote(layers, "m.py", "ours 2")).toMatchObject({
			...{ pull: 8, startLine: 5 },
		});
	});
});

describe("a pull request", () => {
	it("notes where it starts only where that is not the one below", () => {
		expect(startOf(run, [], topOf(run, []))).toBeUndefined();
		const open = [pull(7, "first")];
		expect(startOf(run, open, topOf(run, open))).toBeUndefined();
		expect(startOf(merged, open, topOf(merged, open))).toBe("top");
	});

	it("takes a branch of its own when the one of its name was merged", () => {
		const name = "modelwright/42/8-training";
		expect(branchName(run, 8, "training")).toBe(name);
		const merges = [
			{ number: 1, branch: name },
			{ number: 2, branch: `${name}-2` },
		];
		expect(branchName({ ...run, merges }, 8, "training")).toBe(`${name}-3`);
	});
});

describe("a stack of which nothing is merged", () => {
	it("has one layer for each pull request", async () => {
		const stack = [pull(7, "first"), pull(8, "second")];
		const layers = await layersOf(run, stack, treeAt);
		expect(layers.map(({ pull }) => pull)).toEqual([7, 8]);
	});
});
