import { readdir, stat, utimes, writeFile } from "node:fs/promises";
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

test("memory is bounded by what the facts hold, not by how many they are", async () => {
	const facts = await moduleFacts("z = 3\n", 1_000);
	if (!facts) throw new Error("not parsed in time");
	const large = { ...facts, words: "x".repeat(900_000) };
	for (let i = 0; i < 40; i++) await keep(`large${i}.py`, large);
	expect(await recall("large0.py")).toBeUndefined();
	expect(await recall("large39.py")).toEqual(large);
	const tooLarge = { ...facts, words: "x".repeat(2_000_000) };
	expect(await keep("more.py", tooLarge)).toBeUndefined();
});

test("an entry that is read is in use, which is noted once a day", async () => {
	const { key } = await store("used = 1\n");
	const paths = await readdir(folder.root, { recursive: true });
	const name = paths.find((path) => path.endsWith(".json")) ?? "";
	const entry = join(folder.root, name);
	const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
	await utimes(entry, daysAgo(3), daysAgo(3));
	await afterRestart(key);
	expect((await stat(entry)).mtimeMs).toBeGreaterThan(+daysAgo(0.1));
	await utimes(entry, daysAgo(0.5), daysAgo(0.5));
	await afterRestart(key);
	expect((await stat(entry)).mtimeMs).toBeLessThan(+daysAgo(0.4));
});
