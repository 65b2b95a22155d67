// The bench in its smallest form: figures it promises, the same for the same seed.
import { describe, expect, it } from "vitest";
import { measureEvaluation } from "../../bench/evaluation.ts";

describe("the bench of the evaluation's statistics", () => {
	it("gives the same figures for the same seed, whichever worker counts", async () => {
		const once = await measureEvaluation([
			"--quick",
			"--simulations",
			"2",
			"--seed",
			"7",
		]);
		const again = await measureEvaluation([
			"--quick",
			"--simulations",
			"2",
			"--seed",
			"7",
		]);
		expect(again).toEqual(once);
		expect(once.figures).toMatchObject({
			falsePositiveRate: expect.any(Number),
			naiveFalsePositiveRate: expect.any(Number),
			coverage: expect.any(Number),
		});
		expect(once.table).toContain("2000 rows, prevalence 0.05");
	}, 300_000);

	it("refuses a number of simulations that is none", async () => {
		await expect(measureEvaluation(["--simulations", "few"])).rejects.toThrow(
			"a whole number from 1 was expected",
		);
	});
});
