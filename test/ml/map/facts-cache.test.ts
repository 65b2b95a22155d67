import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keep, keyOf, recall } from "../../../src/ml/map/facts-cache.ts";
import { moduleFacts } from "../../../src/ml/map/module-facts.ts";
import { type TempTree, tempTree } from "../../support/temp-tree.ts";

let folder: TempTree;
beforeEach(async () => {
	folder = await tempTree({});
});
afterEach(() => folder.remove());

async function store(text: string) {
	const facts = await moduleFacts(text, 1_000);
	if (!facts) throw new Error("not parsed in time");
	const key = keyOf(Buffer.from(text), "py");
	await keep(key, facts, folder.root);
	return { key, facts };
}

/** Reads as a process does that has just started. */
async function afterRestart(key: string) {
	const url = `../../../src/ml/map/facts-cache.ts?${crypto.randomUUID()}`;
	const fresh = (await import(/* @vite-ignore */ url)) as {
		recall: typeof recall;
	};
	return fresh.recall(key, folder.root);
}

test("a file is known by git's name for its content", () => {
	expect(keyOf(Buffer.from("x = 1\n"), "py")).toBe(
		"7d4290a117a4ddcc11daae7ea675841033830c8f.py",
	);
});

test("facts outlast the process", async () => {
	const { key, facts } = await store("import torch\nclass A: pass\n");
	expect(await afterRestart(key)).toEqual(JSON.parse(JSON.stringify(facts)));
});

test.each(["", "{", "[]", '{"loc": 1}', "null"])(
	"a damaged entry (%j) is none",
	async (damage) => {
		const { key } = await store(`x = ${JSON.stringify(damage)}\n`);
		const paths = await readdir(folder.root, { recursive: true });
		const entry = paths.find((path) => path.endsWith(".json")) ?? "";
		await writeFile(join(folder.root, entry), damage);
		expect(await afterRestart(key)).toBeUndefined();
	},
);

test("a folder that cannot be written to costs nothing but time", async () => {
	await writeFile(join(folder.root, "file"), "");
	const facts = await moduleFacts("y = 2\n", 1_000);
	if (!facts) throw new Error("not parsed in time");
	await keep("ab12.py", facts, join(folder.root, "file"));
	expect(await recall("ab12.py")).toEqual(facts);
});
