import { describe, expect, test } from "vitest";
import { checkItems } from "../../src/phases/building/check-items.ts";
import type { TestRun } from "../../src/reports/change.ts";
import {
	INTEGRATION_ITEMS,
	type ItemName,
	MODEL_ITEMS,
} from "../../src/reports/items.ts";

const FILES = [
	{
		path: "churn/model.py",
		content: "import math\n\n\nclass Model:\n    def fit(self, rows):\n",
	},
	{
		path: "tests/test_model.py",
		content: "import unittest\n\nclass ModelTest(unittest.TestCase):\n",
	},
	{ path: "churn/windows.py", content: "first = 1\r\nsecond = 2\r\n" },
];
const PASSED: TestRun = {
	runner: "wasm",
	status: "passed",
	passed: 3,
	failed: 0,
	seconds: 1,
	output: "OK",
};

const item = (more: object = {}) => ({
	path: "churn/model.py",
	quote: "class Model:",
	how: "one class",
	...more,
});

const WANTED = [...MODEL_ITEMS, ...INTEGRATION_ITEMS];

const check = (name: ItemName, more: object = {}, tests = PASSED) =>
	checkItems(
		WANTED.filter((wanted) => wanted.item === name),
		[{ item: name, ...item(more) }],
		FILES,
		tests,
	)[0];

describe("an item of a change", () => {
	test("is met where its quote stands in the named file, and is told with its line", () => {
		expect(check("model_class")).toEqual({
			name: "model class",
			met: true,
			applies: true,
			path: "churn/model.py",
			line: 4,
			remark: "one class",
		});
	});

	test("may quote several lines, and a file with other line ends", () => {
		const lines = { quote: "\nclass Model:\n    def fit(self, rows):\n\n" };
		expect(check("loss", lines)).toMatchObject({ met: true, line: 4 });
		const windows = { path: "./churn/windows.py", quote: "second = 2" };
		expect(check("loss", windows)).toMatchObject({ met: true, line: 2 });
	});

	test.each([
		["a file the change does not touch", { path: "churn/other.py" }, /other/],
		["no file at all", { path: " " }, /no file was named/],
		["a line that is not there", { quote: "class Modell:" }, /does not stand/],
		["other indentation", { quote: "class  Model:" }, /does not stand/],
		["next to nothing", { quote: ":" }, /does not stand/],
	])("is not met with %s", (_, more, remark) => {
		const found = check("model_class", more);
		expect(found).toMatchObject({ met: false, applies: true });
		expect(found).not.toHaveProperty("line");
		expect(found?.remark).toMatch(remark);
	});

	test("that does not apply needs a reason and no place", () => {
		const none = { applies: false, path: "", quote: "", how: "a tree model" };
		expect(check("forward_pass", none)).toEqual({
			name: "forward pass",
			met: true,
			applies: false,
			remark: "a tree model",
		});
	});
});

test("an item that nothing was said about is not met, one that must apply cannot be waved away", () => {
	const wanted = WANTED.filter(({ item }) => item === "typing");
	expect(checkItems(wanted, [], FILES, PASSED)).toMatchObject([
		{ name: "typing", met: false, remark: "nothing was said about it" },
	]);
	const waved = { applies: false, path: "", quote: "", how: "no need" };
	expect(check("typing", waved)?.met).toBe(false);
});

describe("the item unit tests", () => {
	const inTest = { path: "tests/test_model.py", quote: "class ModelTest" };

	test("is met by a test that ran, whether it passed or not", () => {
		for (const status of ["passed", "failed"] as const)
			expect(check("unit_tests", inTest, { ...PASSED, status })).toMatchObject({
				met: true,
				line: 3,
			});
	});

	test("is not met by a file that no test run collects", () => {
		expect(check("unit_tests")?.remark).toMatch(/not a test file/);
	});

	test.each(["none found", "not run"] as const)(
		"is not met when tests were %s",
		(status) => {
			const found = check("unit_tests", inTest, { ...PASSED, status });
			expect(found?.met).toBe(false);
		},
	);
});
