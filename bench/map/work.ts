// One kind of work on a repository, in a process of its own.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { estimateTokens } from "../../src/ml/map/estimate-tokens.ts";
import { mapOf } from "../../src/ml/map/map.ts";
import { renderMap } from "../../src/ml/map/render.ts";
import { openSyntaxTree } from "../../src/ml/python/parser.ts";
import { folderTree } from "../../src/workspace/tree.ts";
import type { Cost, Work } from "../map.ts";

const WORKS: Record<Work, (root: string) => Promise<number | undefined>> = {
	read: (root) => eachFile(root, async () => {}),
	parse: (root) =>
		eachFile(root, async (text) => {
			(await openSyntaxTree(text, 1_000))?.delete();
		}),
	map: (root) => tokensOfMap(root),
	keep: (root) => tokensOfMap(root, `${root}.facts`),
	/** With the facts that the work before has kept. */
	again: (root) => tokensOfMap(root, `${root}.facts`),
};

async function tokensOfMap(root: string, facts?: string): Promise<number> {
	const tree = await folderTree(root);
	const map = await mapOf(facts ? { ...tree, facts } : tree);
	return estimateTokens(renderMap(map, { tokens: 2_000 }));
}

async function eachFile(
	root: string,
	work: (text: string) => Promise<void>,
): Promise<undefined> {
	for (const path of await (await folderTree(root)).paths())
		if (path.endsWith(".py"))
			await work(await readFile(join(root, path), "utf8"));
}

const [work = "read", root = "."] = process.argv.slice(2) as [Work, string];
const start = performance.now();
const tokens = await WORKS[work](root);
const { user, system } = process.cpuUsage();
const cost: Cost = {
	seconds: (performance.now() - start) / 1_000,
	cpuSeconds: (user + system) / 1_000_000,
	rssMb: Math.round(process.resourceUsage().maxRSS / 1_024),
	...(tokens === undefined ? {} : { tokens }),
};
process.send?.(cost);
