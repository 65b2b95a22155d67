import { expect, test } from "vitest";
import { readExcerpts } from "../../../src/engine/lead/excerpts.ts";
import { memoryTree } from "../../support/memory-tree.ts";

const lines = (count: number, width = 1) =>
	`${Array.from({ length: count }, () => "x".repeat(width)).join("\n")}\n`;
const keyFile = (path: string, start_line: number, end_line: number) => ({
	...{ path, start_line, end_line },
	why: "It matters",
});

test("ranges that touch are read once, others apart, with their line numbers", async () => {
	const tree = memoryTree({ "a.py": "one\ntwo\nthree\nfour\nfive\nsix\n" });
	const read = await readExcerpts(tree, [
		keyFile("a.py", 2, 3),
		keyFile("a.py", 1, 2),
		keyFile("a.py", 6, 6),
	]);
	expect(read).toEqual([
		{
			path: "a.py",
			startLine: 1,
			endLine: 3,
			left: 0,
			text: "1\tone\n2\ttwo\n3\tthree",
		},
		{ path: "a.py", startLine: 6, endLine: 6, left: 0, text: "6\tsix" },
	]);
});

test("a long range is cut, and says by how much", async () => {
	const tree = memoryTree({ "a.py": lines(300) });
	const [excerpt] = await readExcerpts(tree, [keyFile("a.py", 11, 300)]);
	expect(excerpt).toMatchObject({ startLine: 11, endLine: 210, left: 90 });
	expect(excerpt?.text.split("\n").at(-1)).toBe("210\tx");
});

test("all together stay within one bound, whatever the lines are like", async () => {
	const files = Object.fromEntries(
		Array.from({ length: 10 }, (_, i) => [`f${i}.csv`, lines(150, 2_000)]),
	);
	const read = await readExcerpts(
		memoryTree(files),
		Object.keys(files).map((path) => keyFile(path, 1, 150)),
	);
	const size = read.reduce((sum, { text }) => sum + text.length, 0);
	expect(size).toBeLessThanOrEqual(60_000);
	expect(size).toBeGreaterThan(50_000);
	expect(read).toHaveLength(10);
	expect(read.at(-1)).toMatchObject({ left: 150, text: "" });
});

test("what is no text, or not there, is not read", async () => {
	const tree = memoryTree({ "a.py": "one\n" });
	expect(
		await readExcerpts(tree, [keyFile("b.py", 1, 2), keyFile("a.py", 5, 9)]),
	).toEqual([]);
});
