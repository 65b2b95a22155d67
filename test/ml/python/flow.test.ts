import { expect, test } from "vitest";
import { traceFlow } from "../../../src/ml/python/flow/trace.ts";
import {
	findModule,
	readRepository,
} from "../../../src/ml/python/repository.ts";
import { fixturesOf } from "../rules/support/fixtures.ts";

test("the twins are followed to their end, without a fault of our own", async () => {
	for (const { files } of fixturesOf("LEAK02")) {
		const repository = await readRepository(files);
		expect(repository.skipped).toEqual([]);
		expect(traceFlow(repository).unfinished).toEqual([]);
	}
});

test("a thread that never ends is left, and said to be", async () => {
	const double = Array.from(
		{ length: 20 },
		(_, i) =>
			`def f${i}(r):\n    f${i + 1}(r)\n    f${i + 1}(r)\n    return f${i + 1}(r)\n`,
	);
	const repository = await readRepository(
		new Map([["a.py", double.join("\n")]]),
	);
	expect(traceFlow(repository).unfinished).toContain("f0: TraceEnded");
});

test("large files are skipped with a reason, tests without one", async () => {
	const { modules, skipped } = await readRepository(
		new Map([
			["big.py", `x = "${"a".repeat(1_000_001)}"`],
			["tests/test_a.py", "x = 1"],
			["a.py", "x = 1"],
			["notes.txt", "x"],
		]),
	);
	expect([...modules.keys()]).toEqual(["a.py"]);
	expect(skipped).toEqual([{ path: "big.py", why: "over 1 MB" }]);
});

test.each([
	["churn/train.py", "churn.columns", 0, "churn/columns.py"],
	["churn/train.py", "columns", 1, "churn/columns.py"],
	["churn/sub/train.py", "columns", 2, "churn/columns.py"],
	["churn/train.py", "columns", 0, "churn/columns.py"],
	["scripts/run.py", "churn.columns", 0, "churn/columns.py"],
	["main.py", "lib.tools", 0, "src/lib/tools/__init__.py"],
	["main.py", "numpy", 0, undefined],
	["main.py", "twice", 0, undefined],
])(
	"in %s the module %s with %i dots is %s",
	(importer, name, dots, expected) => {
		const paths = [
			"churn/columns.py",
			"churn/train.py",
			"src/lib/tools/__init__.py",
			"a/twice.py",
			"b/twice.py",
		];
		expect(findModule(paths, importer, name, dots)).toBe(expected);
	},
);
