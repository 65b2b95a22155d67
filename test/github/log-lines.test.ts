import { describe, expect, it } from "vitest";
import { relevantLines } from "../../src/github/log-lines.ts";

/** As GitHub keeps it: each line with the moment it was printed. */
const stamped = (text: string) =>
	text
		.split("\n")
		.map((line) => `2026-01-02T03:04:05.1234567Z ${line}`)
		.join("\n");

const step = (title: string, output: string) =>
	[`##[group]Run ${title}`, `\u001b[36;1m${title}\u001b[0m`]
		.concat("shell: /usr/bin/bash -e {0}", "env:", "  TOKEN: ***")
		.concat("##[endgroup]", output)
		.join("\n");

const told = (log: string, most = 3_000) =>
	relevantLines(`\uFEFF${stamped(log)}`, most).split("\n");

const EXIT = "##[error]Process completed with exit code 1.";
const chatter = (count: number) =>
	Array.from({ length: count }, (_, i) => `line ${i}`).join("\n");

describe("of a job's log", () => {
	it("the failed step is told, without its script, its environment, colours and times", () => {
		const log = [
			"Current runner version: '2.330.0'",
			step("actions/checkout@v4", "Traceback (most recent call last):"),
			step("make lint", `\u001b[31mchurn/a.py:3:1: F401\u001b[0m\n${EXIT}`),
			"Post job cleanup.",
			"Cleaning up orphan processes",
		].join("\n");
		expect(told(log)).toEqual(["Run make lint", "churn/a.py:3:1: F401", EXIT]);
	});

	it("pytest's assertions are told with the code above and the place below, and what failed", () => {
		const output = [
			chatter(40),
			"    def test_rate():",
			">       assert rate(rows) == 0.5",
			"E       assert 0.25 == 0.5",
			"E        +  where 0.25 = rate([])",
			"",
			"tests/test_rates.py:12: AssertionError",
			chatter(40),
			"FAILED tests/test_rates.py::test_rate - assert 0.25 == 0.5",
			chatter(30),
			EXIT,
		].join("\n");
		const lines = told(step("pytest", output));
		for (const line of [
			">       assert rate(rows) == 0.5",
			"E        +  where 0.25 = rate([])",
			"tests/test_rates.py:12: AssertionError",
			"FAILED tests/test_rates.py::test_rate - assert 0.25 == 0.5",
			EXIT,
		])
			expect(lines).toContain(line);
		expect(lines).toContain("…");
		expect(lines).not.toContain("line 10");
	});

	it.each([
		["as it is", ""],
		["further in", "    "],
		["of an exception in a group", "  | "],
	])("a traceback is told whole, %s", (_, margin) => {
		const trace = [
			"Traceback (most recent call last):",
			'  File "train.py", line 3, in <module>',
			"    main()",
			"ValueError: could not convert string to float",
		].map((line) => margin + line);
		const output = `${trace.join("\n")}\n${chatter(60)}\n${EXIT}`;
		const lines = told(step("python train.py", output));
		expect(lines.slice(1, 5)).toEqual(trace.map((line) => line.trimEnd()));
		expect(lines).not.toContain("line 20");
	});

	it("each failed step is told, and where none says so the end of the last", () => {
		const both = `${step("a", `bad\n${EXIT}`)}\n${step("b", `worse\n${EXIT}`)}`;
		expect(told(both)).toEqual(["Run a", "bad", EXIT, "Run b", "worse", EXIT]);
		const lines = told(step("c", chatter(100)));
		expect(lines.slice(0, 3)).toEqual(["Run c", "…", "line 85"]);
		expect(lines.at(-1)).toBe("line 99");
	});

	it("groups of one's own are opened, and of a bar of progress its last state is told", () => {
		const output = `##[group]Tests\n1%\r50%\r100%\n##[endgroup]\n${EXIT}`;
		expect(told(step("make", output))).toEqual(["Run make", "100%", EXIT]);
	});

	it("too much of it loses its beginning, and a long line its end", () => {
		const long = `E   ${"x".repeat(10_000)}`;
		const log = step("pytest", `${Array(50).fill(long).join("\n")}\n${EXIT}`);
		const lines = told(log, 1_000);
		expect(lines[0]).toBe("…");
		expect(lines.at(-1)).toBe(EXIT);
		expect(lines.join("\n").length).toBeLessThanOrEqual(1_001);
		expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(310);
	});

	it("nothing is told of nothing", () => {
		expect(relevantLines("", 100)).toBe("");
	});

	it.each([
		["of nothing special", "x ".repeat(50)],
		["of tracebacks", "Traceback (most recent call last):"],
		["of failures", EXIT],
		["of colours in one line", `\u001b[${"[;".repeat(2_500_000)}`],
	])("five megabytes %s take a moment", (_, line) => {
		const times = Math.ceil(5_000_000 / (line.length + 30));
		const log = stamped(step("make", `${line}\n`.repeat(times)));
		const start = performance.now();
		relevantLines(log, 3_000);
		expect(performance.now() - start).toBeLessThan(5_000);
	});
});
