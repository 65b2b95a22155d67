import { describe, expect, it } from "vitest";
import { lineOrigins } from "../../../src/engine/lead/line-origins.ts";
import {
	introduction,
	type Layer,
	linesAround,
	placeQuote,
} from "../../../src/engine/lead/stack-diff.ts";

const layer = (
	pull: number,
	before: string | undefined,
	after: string,
): Layer => ({
	pull,
	paths: ["m.py"],
	before: async () => before,
	after: async () => after,
});

const BASE = "a\nb\nc\n";
const FIRST = "a\nnew 1\nb\nc\n";
const SECOND = "top\na\nnew 1\nb\nc\nnew 2\n";
const STACK = [layer(7, BASE, FIRST), layer(8, FIRST, SECOND)];

describe("a line of the top", () => {
	it("is traced to the pull request that added it, with its number there", async () => {
		expect(await introduction(STACK, "m.py", 3)).toEqual({ pull: 7, line: 2 });
		expect(await introduction(STACK, "m.py", 6)).toEqual({ pull: 8, line: 6 });
	});

	it("that was there before the stack belongs to nobody", async () => {
		expect(await introduction(STACK, "m.py", 4)).toBeUndefined();
		expect(await introduction(STACK, "other.py", 1)).toBeUndefined();
	});
});

describe("a quote", () => {
	it("is found where the stack added it", async () => {
		expect(await placeQuote(STACK, "m.py", "  new 2\n")).toEqual({
			path: "m.py",
			startLine: 6,
			endLine: 6,
			pull: 8,
			text: "new 2",
		});
	});

	it("is shown with the lines around it, the added ones marked", async () => {
		const place = { path: "m.py", startLine: 2, endLine: 2, pull: 7 };
		expect(await linesAround(STACK, place, 1)).toEqual([
			{ number: 1, text: "a", added: false },
			{ number: 2, text: "new 1", added: true },
			{ number: 3, text: "b", added: false },
		]);
		expect(await linesAround(STACK, { ...place, pull: 9 }, 1)).toEqual([]);
	});

	it("may reach from an added line into an old one", async () => {
		expect(await placeQuote(STACK, "m.py", "new 1\nb")).toMatchObject({
			startLine: 2,
			endLine: 3,
			pull: 7,
		});
	});

	it.each([
		["only stands in old lines", "b"],
		["stands nowhere", "never written"],
		["is blank", " \n"],
	])("is not placed when it %s", async (_why, quote) => {
		expect(await placeQuote(STACK, "m.py", quote)).toBeUndefined();
	});

	it("is not placed when it stands twice", async () => {
		const twice = [layer(7, "", "x = 1\ny\nx = 1\n")];
		expect(await placeQuote(twice, "m.py", "x = 1")).toBeUndefined();
	});
});

describe("the origins of lines", () => {
	it("are all new in a new file", () => {
		expect(lineOrigins(undefined, "a\nb")).toEqual([0, 0]);
	});

	it("survive removals", () => {
		expect(lineOrigins("a\nb\nc", "a\nc")).toEqual([1, 3]);
	});
});
