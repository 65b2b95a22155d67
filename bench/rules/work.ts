// One kind of work on a folder of Python files, in a process of its own.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openSyntaxTree } from "../../src/ml/python/parser.ts";
import { inspect } from "../../src/ml/rules/inspect.ts";
import { keepHeapLean } from "../../src/ml/rules/lean-heap.ts";
import { folderTree } from "../../src/workspace/tree.ts";
import type { Cost, Work } from "../rules.ts";

const WORKS: Record<Work, (files: Map<string, string>) => Promise<unknown>> = {
	read: async () => undefined,
	parse: async (files) => {
		for (const text of files.values())
			(await openSyntaxTree(text, 1_000))?.delete();
	},
	rules: (files) => {
		keepHeapLean();
		return inspect(files, { labels: [] });
	},
};

const [work = "read", root = "."] = process.argv.slice(2) as [Work, string];
const files = new Map<string, string>();
for (const path of await (await folderTree(root)).paths())
	if (path.endsWith(".py"))
		files.set(path, await readFile(join(root, path), "utf8"));
const start = performance.now();
await WORKS[work](files);
const { user, system } = process.cpuUsage();
const cost: Cost = {
	seconds: (performance.now() - start) / 1_000,
	cpuSeconds: (user + system) / 1_000_000,
	rssMb: Math.round(process.resourceUsage().maxRSS / 1_024),
};
process.send?.(cost);
