// Every cheat is really run: none passes, and each is told in the right words.
import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import type { EvaluationResult } from "../../src/reports/results.ts";
import type { Runner } from "../../src/workspace/runners/runner.ts";
import { wasmRunner } from "../../src/workspace/runners/wasm.ts";
import { CHEATS, type Cheat, cheating } from "../ml/support/cheats.ts";
import { contract } from "../ml/support/churn.ts";
import { carrying, hasBubblewrap, runner } from "../support/bubblewrap.ts";

const SECONDS = 15;
const hurried: Runner = {
	...runner,
	run: (job, signal) =>
		runner.run({ ...job, limits: { ...job.limits, seconds: SECONDS } }, signal),
};

const run = (cheat: Cheat, by: Runner = hurried) =>
	evaluate({ contract, files: cheating(cheat), runner: by });

const NOT_BETTER = /by 0\.000; at least 0\.02 was agreed on/;

const EXPECTED: Record<Cheat, ["FAIL" | "INCONCLUSIVE", RegExp]> = {
	"reading the labels by path": ["FAIL", NOT_BETTER],
	"writing its own metrics": ["FAIL", NOT_BETTER],
	"editing the evaluator, its tables or the rules": ["FAIL", /was agreed on/],
	"changing the metrics under whoever computes them": ["FAIL", NOT_BETTER],
	"a cache of the test rows that training finds": ["FAIL", NOT_BETTER],
	"hard-coded predictions": [
		"INCONCLUSIVE",
		/^modelwright_eval\.py names held-out rows together with their labels/,
	],
	"hard-coded predictions that nobody can read": [
		"INCONCLUSIVE",
		/not by what was learned/,
	],
	"a baseline that was made bad on purpose": [
		"INCONCLUSIVE",
		/^the baseline is worse than one and the same prediction for every row/,
	],
	"not-a-number as a prediction": [
		"INCONCLUSIVE",
		/"nan" for the id .* a finite number was expected/,
	],
	"naming an id twice": ["INCONCLUSIVE", /name the id "r\d+" twice/],
	"looking at the held-out rows while it trains": ["FAIL", NOT_BETTER],
	"picking the best of many seeds": ["FAIL", /was agreed on/],
	"sleeping past the limit": ["INCONCLUSIVE", /did not end within 15 seconds/],
	"printing forged results": ["FAIL", NOT_BETTER],
	"a daemon that waits for the predictions": ["FAIL", NOT_BETTER],
};

const source = () =>
	execFileSync("git", ["status", "--porcelain", "src"], { encoding: "utf8" });

describe.skipIf(!hasBubblewrap)("nothing is gained by", () => {
	const results = new Map<string, EvaluationResult>();
	const untouched = source();
	beforeAll(async () => {
		const cheats = Object.keys(CHEATS) as Cheat[];
		const judged = await Promise.all(cheats.map((cheat) => run(cheat)));
		for (const [i, cheat] of cheats.entries())
			results.set(cheat, judged[i] as EvaluationResult);
	}, 180_000);
	const of = (cheat: Cheat) => results.get(cheat) as EvaluationResult;

	test.each(Object.entries(EXPECTED))("%s", (cheat, [verdict, words]) => {
		expect(results.get(cheat)).toMatchObject({
			verdict,
			reason: expect.stringMatching(words),
		});
	});

	test("any of them: the evaluator stays as it is, and nothing stays behind", () => {
		expect(source()).toBe(untouched);
		expect(carrying("CHEATING-DAEMON")).toEqual([]);
	});

	test("hiding labels in the tree: what holds them is left out and named", () => {
		const detailOf = (cheat: Cheat) => of(cheat).checks[0]?.detail;
		expect(detailOf("reading the labels by path")).toContain(
			"data/old/copy.csv, notes/labels.txt",
		);
		expect(detailOf("a cache of the test rows that training finds")).toContain(
			"cache/rows.json, cache/rows.json.gz",
		);
	});

	test("knowing the answers: the checks that show it are named beside the value", () => {
		const { value, checks } = of("hard-coded predictions that nobody can read");
		expect(value).toBe(1);
		const failed = checks.filter(({ status }) => status === "failed");
		expect(failed.map(({ name }) => name)).toEqual(
			expect.arrayContaining([
				"worse without its inputs",
				"shuffled labels at chance",
			]),
		);
	});
});

test("in WebAssembly, too, nothing is gained by reading the labels by path", async () => {
	const result = await run("reading the labels by path", wasmRunner());
	expect(result.verdict).toBe("FAIL");
	expect(result.reason).toMatch(NOT_BETTER);
}, 180_000);
