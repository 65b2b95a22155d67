// Leaks that flatter most, each really run: none passes, and without the leak
// what can be predicted does.
import { afterAll, expect, test } from "vitest";
import { evaluate } from "../../src/ml/evaluation/evaluate.ts";
import { forkingRunner } from "../ml/support/forking-runner.ts";
import { LEAKS } from "../ml/support/leaks.ts";
import { hasPython } from "../support/python.ts";

const runner = forkingRunner("import csv, json, math, runpy, sys");
afterAll(() => runner.close());

test
	.skipIf(!hasPython)
	.concurrent.each(
		Object.entries(LEAKS).map(([name, row]) => [name, ...row] as const),
	)("%s", async (_, repository, verdict, words) => {
	const result = await evaluate({ ...repository, runner });
	expect(result).toMatchObject({
		verdict,
		reason: expect.stringMatching(words),
	});
});
