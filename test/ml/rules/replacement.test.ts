import { expect, test } from "vitest";
import { replacementOf } from "../../../src/ml/rules/replacement.ts";

const SOURCE = ["a", "b", "c", "d", "e", ""];
const said = { message: "", suggestion: "" };
const at = (startLine: number, endLine = startLine, path = "x.py") => ({
	...{ path, startLine, endLine },
});

test.each([
	["a line replaced", at(2), [{ ...at(2), lines: "B" }], [2, 2, "b", "B"]],
	[
		"a line put before",
		at(2),
		[{ ...at(2, 1), lines: "n" }],
		[2, 2, "b", "n\nb"],
	],
	[
		"a line put behind",
		at(2),
		[{ ...at(3, 2), lines: "n" }],
		[2, 2, "b", "b\nn"],
	],
	[
		"a line removed and another put further down",
		at(4),
		[
			{ ...at(2), lines: undefined },
			{ ...at(5, 4), lines: "b" },
		],
		[2, 4, "b\nc\nd", "c\nd\nb"],
	],
])("%s", (_, place, fix, [startLine, endLine, before, after]) => {
	expect(replacementOf({ ...place, ...said }, fix, SOURCE)).toEqual({
		...{ startLine, endLine, before, after },
	});
});

test("edits in another file, or far away, are none", () => {
	const place = { ...at(2), ...said };
	const far = [{ ...at(40), lines: "x" }];
	expect(replacementOf(place, far, SOURCE)).toBeUndefined();
	const elsewhere = [{ ...at(2, 2, "y.py"), lines: "x" }];
	expect(replacementOf(place, elsewhere, SOURCE)).toBeUndefined();
});
