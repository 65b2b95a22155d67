import {
	mkdir,
	mkdtemp,
	readdir,
	rm,
	utimes,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { markUsed, sweepTrees } from "../../src/workspace/sweep.ts";

const HOUR = 3_600_000;
let data: string;

async function folder(path: string, idleHours: number) {
	await mkdir(join(data, path, "inside"), { recursive: true });
	const then = new Date(Date.now() - idleHours * HOUR);
	await utimes(join(data, path), then, then);
}

beforeEach(async () => {
	data = await mkdtemp(join(tmpdir(), "sweep-"));
	await folder("trees/7/old", 30);
	await folder("trees/7/needed", 30);
	await folder("trees/7/new", 1);
	await folder("trees/8/old", 30);
	await folder("repositories/7.git", 30);
	await folder("repositories/8.git", 30);
	await folder("repositories/7.facts", 30);
	await folder("repositories/8.facts", 30);
	await folder("repositories/9.git", 1);
});
afterEach(() => rm(data, { recursive: true }));

it("goes what is idle and not needed; what a living run needs stays", async () => {
	await sweepTrees(data, new Set(["7/needed"]), 24 * HOUR);
	expect(await readdir(join(data, "trees/7"))).toEqual(["needed", "new"]);
	expect(await readdir(join(data, "trees/8"))).toEqual([]);
});

it("a repository's cache and facts go with its last checkout", async () => {
	await sweepTrees(data, new Set(["7/needed"]), 24 * HOUR);
	expect(await readdir(join(data, "repositories"))).toEqual([
		"7.facts",
		"7.git",
		"9.git",
	]);
});

it("what was learned of a file goes a week after it was last read", async () => {
	const entry = async (path: string, idleDays: number) => {
		const file = join(data, "repositories/7.facts", path);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, "{}");
		const then = new Date(Date.now() - idleDays * 24 * HOUR);
		await utimes(file, then, then);
	};
	await entry("version1/ab/cd.py.json", 8);
	await entry("version2/ab/cd.py.json", 6);
	await entry("version2/ef/ab.py.json", 8);
	await sweepTrees(data, new Set(["7/needed"]), 24 * HOUR);
	const facts = join(data, "repositories/7.facts");
	expect((await readdir(facts, { recursive: true })).sort()).toEqual([
		"version2",
		"version2/ab",
		"version2/ab/cd.py.json",
	]);
});

it("whoever uses a checkout keeps it", async () => {
	expect(await markUsed(join(data, "trees/8/old"))).toBe(true);
	await sweepTrees(data, new Set(), 24 * HOUR);
	expect(await readdir(join(data, "trees/8"))).toEqual(["old"]);
	expect(await markUsed(join(data, "trees/8/gone"))).toBe(false);
});

it("a data folder without checkouts is no trouble", async () => {
	await sweepTrees(join(data, "nowhere"), new Set(), HOUR);
});
