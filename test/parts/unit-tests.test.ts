import { describe, expect, it } from "vitest";
import type {
	CommandResult,
	JobResult,
	Runner,
} from "../../src/workspace/runners/runner.ts";
import { findSuites } from "../../src/workspace/runners/suites.ts";
import { runTests } from "../../src/workspace/runners/unit-tests.ts";
import { wasmRunner } from "../../src/workspace/runners/wasm.ts";

const filesOf = (files: Record<string, string>) =>
	new Map(
		Object.entries(files).map(([path, text]) => [
			path,
			new TextEncoder().encode(text),
		]),
	);

const testFile = (body: string, head = "") =>
	`import unittest\n${head}\nclass T(unittest.TestCase):\n${body}`;
const PASS = "    def test_it(self): self.assertEqual(1, 1)\n";
const FAIL = "    def test_not(self): self.assertEqual(1, 2)\n";
const SKIP = "    @unittest.skip('later')\n    def test_later(self): pass\n";

describe("the unit tests of a repository", { timeout: 270_000 }, () => {
	const runner = wasmRunner();

	it("run and are counted", async () => {
		const files = filesOf({
			"src/churn/__init__.py": "X = 1\n",
			"tests/test_churn.py": testFile(PASS + SKIP, "from churn import X"),
			"tests/unit/__init__.py": "",
			"tests/unit/test_more.py": testFile(PASS),
		});
		expect(await runTests(files, runner)).toMatchObject({
			runner: "wasm",
			status: "passed",
			passed: 2,
			failed: 0,
			output: expect.stringContaining("OK"),
		});
	});

	it("fail with what unittest said", async () => {
		const files = filesOf({
			"test_a.py": testFile(`${PASS}${FAIL}    def test_x(self): 1 / 0\n`),
		});
		expect(await runTests(files, runner)).toMatchObject({
			status: "failed",
			passed: 1,
			failed: 2,
			output: expect.stringContaining("AssertionError: 1 != 2"),
		});
	});

	it("run as the repository configured it", async () => {
		const files = filesOf({
			"checks.py":
				"import sys\nprint('checked', sys.argv[1:])\nsys.exit(len(sys.argv) - 2)\n",
			"test_a.py": testFile(FAIL),
		});
		expect(
			await runTests(files, runner, 'python checks.py "one word"'),
		).toMatchObject({
			status: "passed",
			output: expect.stringContaining("checked ['one word']"),
		});
		expect(await runTests(files, runner, "python checks.py two words")).toEqual(
			expect.objectContaining({ status: "failed" }),
		);
	});

	it("are not run where the code under test needs a missing module", async () => {
		const files = filesOf({
			"model.py": "import numpy as np\n",
			"tests/__init__.py": "",
			"tests/test_model.py": testFile(PASS, "import model"),
		});
		expect(await runTests(files, runner)).toMatchObject({
			status: "not run",
			failed: 0,
			output: expect.stringContaining("imports numpy, which the wasm runner"),
		});
	});
});

/** For what no Python is needed to see: a runner that says the given. */
const saying = (result: Partial<JobResult>): Runner => ({
	name: "wasm",
	selfTest: async () => ({ ok: true }),
	run: async () => ({
		status: "ok",
		reason: "",
		commands: [],
		files: new Map(),
		seconds: 1,
		...result,
	}),
});
const never = saying({ status: "failed", reason: "must not be asked" });
const output = (text: string): CommandResult[] => [
	{ args: [], exit: 0, output: text, seconds: 1 },
];

describe("without a run", () => {
	it("tests are none found, or need a framework that is named", async () => {
		expect(await runTests(filesOf({ "a.py": "" }), never)).toMatchObject({
			status: "none found",
		});
		for (const text of [
			"import pytest\ndef test_x(): pass\n",
			"def test_x():\n    assert True\n",
		])
			expect(
				await runTests(filesOf({ "tests/test_a.py": text }), never),
			).toMatchObject({
				status: "not run",
				output: "The tests import pytest, which the wasm runner does not have.",
			});
	});
});

describe("what a runner reports", () => {
	const files = filesOf({ "test_a.py": testFile(PASS) });

	it.each<[Partial<JobResult>, string, string]>([
		[{ status: "unavailable", reason: "no Python" }, "not run", "no Python"],
		[{ status: "timed out", reason: "too slow" }, "failed", "too slow"],
		[{ status: "out of memory", reason: "too big" }, "failed", "too big"],
		[{ commands: output("NO TESTS RAN\n") }, "none found", "NO TESTS RAN"],
	])("%o becomes %s", async (result, status, text) => {
		expect(await runTests(files, saying(result))).toMatchObject({
			status,
			output: expect.stringContaining(text),
		});
	});

	it("reads the same each time, however long it took", async () => {
		const ranIn = (took: string) =>
			runTests(
				files,
				saying({ commands: output(`Ran 3 tests in ${took}\n\nOK\n`) }),
			);
		const quick = await ranIn("0.004s");
		expect(quick).toMatchObject({ passed: 3, output: "Ran 3 tests\n\nOK" });
		expect((await ranIn("11.500s")).output).toBe(quick.output);
	});

	it("is not believed over its exit status", async () => {
		const commands = output("Ran 99 tests in 0.1s\n\nOK\n");
		const result = saying({ status: "failed", reason: "status 1", commands });
		expect(await runTests(files, result)).toMatchObject({ status: "failed" });
	});
});

describe("suites", () => {
	const starts = (...paths: string[]) =>
		findSuites(
			filesOf(Object.fromEntries(paths.map((path) => [path, ""]))),
		).map((args) => args.slice(args.indexOf("-s") + 1).join(" "));

	it.each<[string[], string[]]>([
		[["test_a.py"], [". -t . -p test*.py"]],
		[["tests/test_a.py"], ["tests -t tests -p test*.py"]],
		[
			["tests/__init__.py", "tests/a/__init__.py", "tests/a/test_a.py"],
			["tests -t . -p test*.py"],
		],
		[
			["test_a.py", "tests/__init__.py", "tests/test_b.py"],
			[". -t . -p test*.py"],
		],
		[["pkg/a_test.py"], ["pkg -t pkg -p *_test.py"]],
		[[".venv/lib/test_a.py", "testing.py"], []],
	])("of %j begin at %j", (paths, expected) => {
		expect(starts(...paths)).toEqual(expected);
	});
});
