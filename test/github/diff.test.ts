import { createTwoFilesPatch } from "diff";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addedLines, placeQuote } from "../../src/github/diff.ts";

const file = (path: string, patch: string) => ({
	path,
	status: "modified",
	additions: 0,
	deletions: 0,
	patch,
});

const PATCH = [
	"@@ -1,3 +1,5 @@ def train():",
	" import csv",
	"-rows = load()",
	"+rows = load(path)",
	"+    model = fit(rows)",
	"+    model = fit(rows)",
	" done = True",
	"@@ -20 +22,2 @@",
	"-old",
	"+++ plus",
	"+score(held_out)",
	"\\ No newline at end of file",
].join("\n");

describe("the lines a patch adds", () => {
	test("carry their numbers in the new file, across hunks", () => {
		expect(addedLines(PATCH)).toEqual([
			{ line: 2, text: "rows = load(path)" },
			{ line: 3, text: "    model = fit(rows)" },
			{ line: 4, text: "    model = fit(rows)" },
			{ line: 22, text: "++ plus" },
			{ line: 23, text: "score(held_out)" },
		]);
	});

	test("are those that another implementation of diff put there", () => {
		const line = fc.constantFrom("a", "b", "+c", "-d", "@@ e", "\\ f", "");
		const text = fc.array(line, { maxLength: 12 });
		fc.assert(
			fc.property(text, text, (before, after) => {
				const patch = createTwoFilesPatch(
					"x",
					"x",
					before.map((l) => `${l}\n`).join(""),
					after.map((l) => `${l}\n`).join(""),
				)
					.split("\n")
					.slice(4)
					.join("\n");
				for (const added of addedLines(patch))
					expect(after[added.line - 1]).toBe(added.text);
			}),
		);
	});

	test("of what is no patch are none", () => {
		expect(addedLines("+not a patch")).toEqual([]);
	});
});

describe("a quote", () => {
	const files = [file("train.py", PATCH)];

	test("of several lines is placed whole, whatever its indentation", () => {
		const quote = "rows = load(path)\nmodel = fit(rows)\n";
		expect(placeQuote(files, "train.py", quote)).toEqual({
			path: "train.py",
			startLine: 2,
			endLine: 3,
		});
	});

	test("may be part of one line, if it is of only one", () => {
		expect(placeQuote(files, "train.py", "load(path)")?.startLine).toBe(2);
		expect(placeQuote(files, "train.py", "(")).toBeUndefined();
	});

	test.each([
		["stands there twice", "train.py", "model = fit(rows)"],
		["stands in an old line", "train.py", "done = True"],
		["stands nowhere", "train.py", "model = other()"],
		["is of another file", "other.py", "rows = load(path)"],
		["is empty", "train.py", " \n "],
		["spans two hunks", "train.py", "model = fit(rows)\n++ plus"],
	])("that %s is not placed", (_, path, quote) => {
		expect(placeQuote(files, path, quote)).toBeUndefined();
	});
});
