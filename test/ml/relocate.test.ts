import { expect, test } from "vitest";
import { relocate } from "../../src/ml/relocate.ts";

const FINDING = { quote: "    x = 1\n    y = 2", startLine: 3 };

test("a finding is found where its lines stand now, however they are indented", () => {
	expect(relocate(FINDING, "a\nb\nc\nd\nx = 1\ny = 2\n")).toMatchObject({
		...{ startLine: 5, endLine: 6 },
	});
});

test("of several places the one nearest to where it stood", () => {
	const text = "x = 1\ny = 2\n\n\nx = 1\ny = 2\n\n\n\nx = 1\ny = 2\n";
	expect(relocate({ ...FINDING, startLine: 6 }, text)).toMatchObject({
		...{ startLine: 5, endLine: 6 },
	});
});

test("where its lines changed, or the file is gone, it is nowhere", () => {
	expect(relocate(FINDING, "x = 1\ny = 3\n")).toBeUndefined();
	expect(relocate(FINDING, undefined)).toBeUndefined();
});
