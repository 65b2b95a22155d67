import { expect, test } from "vitest";
import { compareSystems } from "../../../src/ml/evaluation/bootstrap.ts";
import { randomOf } from "../../../src/ml/evaluation/random.ts";
import { testedBy } from "../../../src/ml/evaluation/significance.ts";
import { judge } from "../../../src/ml/evaluation/verdict.ts";
import { contract } from "../support/churn.ts";

const options = { alpha: 0.05, key: "tests", replicates: 400 };

/** Of `rows` rows the model alone is right on `better`, the baseline alone on `worse`. */
function rights(rows: number, better: number, worse: number) {
	const truth = Array.from({ length: rows }, (_, row) => row % 2);
	const saying = (wrong: (row: number) => boolean) =>
		truth.map((label, row) =>
			wrong(row) ? 0.9 - 0.8 * label : 0.1 + 0.8 * label,
		);
	return {
		truth,
		model: [saying((row) => row >= better && row < better + worse)],
		baseline: [saying((row) => row < better)],
		groups: truth.map((_, row) => `${row}`),
	};
}

test("McNemar counts the rows that one system alone gets right", () => {
	const terms = {
		...contract,
		test: "McNemar",
		primary: { metric: "accuracy", minimum_delta: 0 },
	} as const;
	const decide = (better: number, worse: number) => {
		const samples = rights(200, better, worse);
		const compared = compareSystems("accuracy", samples, options);
		return testedBy(terms, samples, compared);
	};
	expect(decide(6, 0).pValue).toBeCloseTo(2 / 2 ** 6 - 1 / 2 ** 6, 9);
	expect(judge(terms, decide(6, 0)).verdict).toBe("PASS");
	expect(judge(terms, decide(11, 5)).verdict).toBe("FAIL");
	expect(decide(5, 5).pValue).toBe(1);
});

test("rows right by most seeds count as right", () => {
	const samples = rights(100, 10, 0);
	const [never] = samples.baseline as [number[]];
	const [always] = samples.model as [number[]];
	const terms = { ...contract, test: "McNemar" } as const;
	const compared = compareSystems("accuracy", samples, options);
	const mixed = { ...samples, model: [always, never, always] };
	expect(testedBy(terms, mixed, compared).pValue).toBe(
		testedBy(terms, samples, compared).pValue,
	);
});

test("Diebold-Mariano takes rows in the order of time, each time once, and sees through what lasts", () => {
	const random = randomOf("slow waves");
	const days = 120;
	// The baseline is worse in one long stretch: no evidence for other times.
	const gain = (day: number) => (day < days / 2 ? 0.6 : -0.3);
	const rows = random.shuffle(
		Array.from({ length: 2 * days }, (_, i) => Math.floor(i / 2)),
	);
	const truth = rows.map(() => 0);
	const samples = {
		truth,
		model: [rows.map(() => 1)],
		baseline: [rows.map((day) => 1 + gain(day))],
		groups: rows.map(String),
	};
	const terms = {
		...contract,
		test: "Diebold-Mariano",
		primary: { metric: "mae", minimum_delta: 0 },
	} as const;
	const compared = compareSystems("mae", samples, options);
	const tested = testedBy(terms, samples, compared);
	expect(compared.differenceInterval[0]).toBeGreaterThan(0);
	expect(tested.differenceInterval[0]).toBeLessThan(0);
	expect(tested.pValue).toBeGreaterThan(0.2);
	const [low, high] = tested.differenceInterval;
	expect((low + high) / 2).toBeCloseTo(0.15, 9);
	expect(judge(terms, tested).verdict).toBe("FAIL");
});
