import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { METRIC, score } from "../../../src/ml/evaluation/metrics.ts";
import type { MetricName } from "../../../src/reports/evaluation-plan.ts";

const truth = [0, 0, 1, 1, 0, 1];
const scores = [0.1, 0.4, 0.35, 0.8, 0.4, 0.4];

describe("metrics agree with values worked out by hand", () => {
	test.each<[MetricName, number]>([
		// Thresholds 0.8, 0.4, 0.35: 1/3 · 1 + 1/3 · 2/4 + 1/3 · 3/5.
		["pr_auc", (1 + 2 / 4 + 3 / 5) / 3],
		// Of 9 pairs: 0.35 wins 1, 0.8 wins 3, 0.4 wins 1 and ties 2.
		["roc_auc", (1 + 3 + 1 + 2 / 2) / 9],
		// Only 0.8 is called positive: TP 1, FP 0, FN 2, TN 3.
		["accuracy", 4 / 6],
		["f1", 2 / (2 + 0 + 2)],
		[
			"log_loss",
			-(
				Math.log(0.9) +
				Math.log(0.6) +
				Math.log(0.35) +
				Math.log(0.8) +
				Math.log(0.6) +
				Math.log(0.4)
			) / 6,
		],
		["brier", (0.01 + 0.16 + 0.4225 + 0.04 + 0.16 + 0.36) / 6],
	])("%s", (metric, expected) => {
		expect(score(metric, truth, scores)).toBeCloseTo(expected, 12);
	});

	test.each<[MetricName, number]>([
		["mae", (1 + 0 + 2) / 3],
		["rmse", Math.sqrt(5 / 3)],
		// Total sum of squares around 3 is 8, the residual one is 5.
		["r2", 1 - 5 / 8],
	])("%s", (metric, expected) => {
		expect(score(metric, [1, 3, 5], [2, 3, 3])).toBeCloseTo(expected, 12);
	});

	test("a metric that one class leaves undefined is not a number", () => {
		expect(score("roc_auc", [1, 1], [0.2, 0.3])).toBeNaN();
		expect(score("pr_auc", [0, 0], [0.2, 0.3])).toBeNaN();
		expect(score("r2", [2, 2], [1, 3])).toBeNaN();
	});

	test("a certain and wrong probability costs much, but not infinitely much", () => {
		expect(score("log_loss", [1, 0], [0, 1])).toBeCloseTo(52 * Math.LN2, 9);
	});
});

const cases = fc
	.array(
		fc.record({
			label: fc.integer({ min: 0, max: 1 }),
			p: fc.integer({ min: 0, max: 10 }).map((n) => n / 10),
		}),
		{ minLength: 4, maxLength: 40 },
	)
	.filter((rows) => new Set(rows.map(({ label }) => label)).size === 2)
	.map((rows) => ({
		truth: rows.map(({ label }) => label),
		p: rows.map(({ p }) => p),
	}));

describe("metrics keep their laws on any data", () => {
	const RANKING = ["pr_auc", "roc_auc"] as const;
	const BOUNDED = [...RANKING, "accuracy", "f1", "brier"] as const;

	test("bounded metrics stay in 0 to 1", () => {
		fc.assert(
			fc.property(
				cases,
				fc.constantFrom(...BOUNDED),
				({ truth, p }, metric) => {
					const value = score(metric, truth, p);
					return value >= 0 && value <= 1 + 1e-12;
				},
			),
		);
	});

	test("rankings do not change under a monotone change of scores", () => {
		fc.assert(
			fc.property(
				cases,
				fc.constantFrom(...RANKING),
				({ truth, p }, metric) => {
					const bent = p.map((x) => x ** 3 / 2);
					expect(score(metric, truth, bent)).toBeCloseTo(
						score(metric, truth, p),
					);
				},
			),
		);
	});

	test("ROC-AUC of the opposite opinion is the rest to one", () => {
		fc.assert(
			fc.property(cases, ({ truth, p }) => {
				const opposite = p.map((x) => 1 - x);
				const sum =
					score("roc_auc", truth, p) + score("roc_auc", truth, opposite);
				expect(sum).toBeCloseTo(1, 9);
			}),
		);
	});

	test("the order of rows does not matter, ties or not", () => {
		fc.assert(
			fc.property(
				cases,
				fc.constantFrom(...(Object.keys(METRIC) as MetricName[])),
				({ truth, p }, metric) => {
					expect(score(metric, truth.toReversed(), p.toReversed())).toBeCloseTo(
						score(metric, truth, p),
						9,
					);
				},
			),
		);
	});

	test("a weight of two is the row twice, a weight of zero is no row", () => {
		fc.assert(
			fc.property(
				cases,
				fc.constantFrom(...(Object.keys(METRIC) as MetricName[])),
				({ truth, p }, metric) => {
					const weights = truth.map((_, i) => [2, 1, 0][i % 3] as number);
					const copies = truth.flatMap((_, i) =>
						Array.from({ length: weights[i] as number }, () => i),
					);
					const weighted = METRIC[metric].scorer(
						truth,
						p,
					)(Float64Array.from(weights));
					const repeated = score(
						metric,
						copies.map((i) => truth[i] as number),
						copies.map((i) => p[i] as number),
					);
					if (Number.isNaN(repeated)) expect(weighted).toBeNaN();
					else expect(weighted).toBeCloseTo(repeated, 9);
				},
			),
		);
	});
});
