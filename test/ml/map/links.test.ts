import { afterEach, expect, test } from "vitest";
import { mapOf } from "../../../src/ml/map/map.ts";
import { READ_LIMITS } from "../../../src/ml/map/read-facts.ts";
import { type TempTree, tempTree } from "../../support/temp-tree.ts";

let tree: TempTree;
afterEach(() => tree.remove());

const times = (count: number, line: (index: number) => string) =>
	Array.from({ length: count }, (_, index) => line(index)).join("\n");

/** The longest that nobody else could do anything. */
async function longestHold(work: () => Promise<unknown>) {
	let longest = 0;
	let last = performance.now();
	const clock = setInterval(() => {
		const now = performance.now();
		longest = Math.max(longest, now - last);
		last = now;
	}, 5);
	await work();
	clearInterval(clock);
	return Math.max(longest, performance.now() - last);
}

test("two files of many names and many stars cost no more than others", async () => {
	tree = await tempTree({
		"a.py": `from b import ${Array.from({ length: 60_000 }, (_, i) => `x${i}`).join(",")}\n`,
		"b.py": `${times(50_000, () => "from c import *")}\n`,
		"c.py": "y = 1\n",
	});
	const before = process.cpuUsage();
	await mapOf(tree);
	const { user, system } = process.cpuUsage(before);
	expect((user + system) / 1_000).toBeLessThan(8_000);
});

test("packages that pass all their names around in circles hold up nobody", async () => {
	const packages = 120;
	const others = (own: number) =>
		times(packages, (i) => (i === own ? "" : `from p${i} import *`));
	const files = Object.fromEntries(
		Array.from({ length: packages }, (_, i) => [
			`p${i}/__init__.py`,
			`${others(i)}\n`,
		]),
	);
	const names = Array.from({ length: 4_000 }, (_, i) => `x${i}`).join(",");
	tree = await tempTree({ ...files, "a.py": `from p0 import ${names}\n` });
	// Far less than it takes on any machine.
	const limits = { ...READ_LIMITS, linkMilliseconds: 50 };
	expect(await longestHold(() => mapOf(tree, { limits }))).toBeLessThan(1_500);
	const map = await mapOf(tree, { limits });
	expect(map.files).toHaveLength(packages + 1);
	expect(map.totals.skipped).toEqual([
		{ path: ".", why: "the time for links between files was over" },
	]);
});

test("a name passed on by a star is still found where it is defined", async () => {
	tree = await tempTree({
		"use.py": "from pkg import Net\nfrom pkg import Net\nNet()\n",
		"pkg/__init__.py": "from .other import *\nfrom .net import *\n",
		"pkg/net.py": "class Net: pass\n",
		"pkg/other.py": "class Other: pass\n",
	});
	const map = await mapOf(tree);
	const degree = new Map(map.files.map((one) => [one.path, one.inDegree]));
	expect(degree.get("pkg/net.py")).toBe(2);
	expect(degree.get("pkg/other.py")).toBe(1);
});
