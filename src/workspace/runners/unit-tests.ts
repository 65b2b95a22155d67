// Runs a repository's own unit tests in a runner. What comes back is the
// repository's claim about itself: shown to people, never a verdict of ours.
import type { TestRun } from "../../reports/change.ts";
import { pythonArguments } from "../../run/command-line.ts";
import { runnerFor } from "./auto.ts";
import { type CommandResult, DEFAULT_LIMITS, type Runner } from "./runner.ts";
import {
	findPytest,
	findSuites,
	missingFrameworks,
	topModules,
} from "./suites.ts";

type Counts = Pick<TestRun, "passed" | "failed">;

const LAST_LINES = 40;
const NONE: Counts = { passed: 0, failed: 0 };

/** Must not throw: what cannot be run is a status with its reason. */
export async function runTests(
	files: ReadonlyMap<string, Uint8Array>,
	candidate: Runner,
	/** The repository's own way to run them, a configured line. */
	command?: string,
): Promise<TestRun> {
	const runner = await runnerFor(candidate, files);
	const report = (
		status: TestRun["status"],
		output: string,
		counts = NONE,
		seconds = 0,
	): TestRun => ({ runner: runner.name, status, ...counts, seconds, output });

	const frameworks = command ? [] : missingFrameworks(files);
	const lacked = await lackedBy(runner, frameworks);
	const found = frameworks.includes("pytest")
		? findPytest(files)
		: findSuites(files);
	const suites = command ? [pythonArguments(command)] : found;
	if (suites.length === 0)
		return report(
			"none found",
			"The repository has no file named test_*.py with tests.",
		);
	if (lacked.length > 0)
		return report("not run", `The tests import ${notThere(lacked, runner)}`);
	const result = await runner.run({
		files,
		commands: suites,
		collect: [],
		limits: DEFAULT_LIMITS,
	});
	const counts = addUp(result.commands);
	const said = result.commands.map(({ output }) => output).join("\n");
	const done = (status: TestRun["status"], output: string) =>
		report(status, output, counts, result.seconds);

	if (result.status === "unavailable") return done("not run", result.reason);
	if (result.status !== "ok" && result.status !== "failed")
		return done("failed", `${result.reason}\n${lastLines(said)}`);
	const missing = missingModules(said, topModules(files));
	if (result.status === "failed" && missing.length > 0 && onlyImports(said))
		return report(
			"not run",
			`The code under test imports ${notThere(missing, runner)}\n${lastLines(said)}`,
			NONE,
			result.seconds,
		);
	if (
		counts.passed + counts.failed === 0 &&
		/^(NO TESTS RAN|no tests ran)/m.test(said)
	)
		return done("none found", lastLines(said));
	const passed = result.status === "ok" && counts.failed === 0;
	return done(passed ? "passed" : "failed", lastLines(said) || result.reason);
}

async function lackedBy(
	runner: Runner,
	names: readonly string[],
): Promise<readonly string[]> {
	if (names.length === 0 || runner.bare) return names;
	const test = await runner.selfTest();
	return names.filter((name) => !test.ok || !test.modules?.has(name));
}

const notThere = (names: readonly string[], { name, others }: Runner) =>
	`${names.join(", ")}, which the ${name} runner does not have.${others ? ` ${others}` : ""}`;

/** Of unittest's own summary: "Ran 5 tests in 0.1s", "FAILED (failures=1)"; of pytest's: "1 failed, 4 passed in 0.1s". */
function addUp(commands: readonly CommandResult[]): Counts {
	let passed = 0;
	let failed = 0;
	for (const { output } of commands) {
		const ran = Number(last(output, /^Ran (\d+) tests? in /gm) ?? 0);
		const notes = last(output, /^(?:FAILED|OK) \((.*)\)$/gm) ?? "";
		const of = (what: string) =>
			Number(new RegExp(`(?:^|, )${what}=(\\d+)`).exec(notes)?.[1] ?? 0);
		const bad = of("failures") + of("errors") + of("unexpected successes");
		failed += bad;
		passed += Math.max(0, ran - bad - of("skipped"));
		const summed = last(output, /^((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s/gm) ?? "";
		for (const [, count, what] of summed.matchAll(/(\d+) ([a-z]+)/g)) {
			if (what === "passed") passed += Number(count);
			if (/^(failed|errors?)$/.test(what ?? "")) failed += Number(count);
		}
	}
	return { passed, failed };
}

const last = (text: string, pattern: RegExp) =>
	[...text.matchAll(pattern)].at(-1)?.[1];

/** Modules that were looked for in vain and are not the repository's own. */
function missingModules(output: string, own: ReadonlySet<string>): string[] {
	const named = output.matchAll(
		/^ModuleNotFoundError: No module named '(\w+)/gm,
	);
	return [...new Set([...named].map(([, name]) => name ?? ""))].filter(
		(name) => name !== "" && !own.has(name),
	);
}

/** True when nothing failed but imports: every error is a missing module. */
function onlyImports(output: string): boolean {
	const count = (pattern: RegExp) => [...output.matchAll(pattern)].length;
	const failures = count(/^(ERROR|FAIL): /gm);
	const imports = count(/^ModuleNotFoundError: No module named /gm);
	return imports > 0 && failures <= imports;
}

/** Without how long it took, so that a run that went the same reads the same. */
const lastLines = (text: string) =>
	text
		.trimEnd()
		.split("\n")
		.slice(-LAST_LINES)
		.join("\n")
		.replace(/ in \d+\.\d+s\b/g, "");
