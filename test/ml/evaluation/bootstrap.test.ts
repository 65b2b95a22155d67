import { describe, expect, test } from "vitest";
import {
	compareSystems,
	median,
} from "../../../src/ml/evaluation/bootstrap.ts";
import { randomOf } from "../../../src/ml/evaluation/random.ts";

/** Two systems of equal skill on `rows` rows; the first is better by `edge` in each error. */
function draw(key: string, rows: number, edge = 0) {
	const random = randomOf(key);
	const noise = () => random.next() + random.next() + random.next() - 1.5;
	const truth = Array.from({ length: rows }, noise);
	const near = (spread: number) =>
		truth.map((y) => y + spread * (noise() || 0.1));
	const groups = truth.map((_, i) => String(i));
	return { truth, model: [near(1 - edge)], baseline: [near(1)], groups };
}

const options = (key: string) => ({ alpha: 0.1, key, replicates: 300 });

test("the interval of the difference covers the truth about as often as it says", () => {
	// Equal systems: the true difference is zero. 200 draws at 90 %.
	const runs = Array.from({ length: 200 }, (_, i) =>
		compareSystems("mae", draw(`cover ${i}`, 60), options(`b${i}`)),
	);
	const covered = runs.filter(
		({ differenceInterval: [low, high] }) => low <= 0 && high >= 0,
	).length;
	expect(covered / runs.length).toBeGreaterThan(0.82);
	expect(covered / runs.length).toBeLessThan(0.97);
	const rejected = runs.filter(({ pValue }) => pValue < 0.1).length;
	expect(rejected / runs.length).toBeLessThan(0.18);
});

test("a system that is clearly better has a positive difference and a small p, in either direction of metric", () => {
	const samples = draw("better", 300, 0.5);
	for (const metric of ["mae", "rmse", "r2"] as const) {
		const { difference, differenceInterval, pValue } = compareSystems(
			metric,
			samples,
			options("x"),
		);
		expect(difference).toBeGreaterThan(0);
		expect(differenceInterval[0]).toBeGreaterThan(0);
		expect(pValue).toBeLessThan(0.02);
	}
});

test("rows of one group are drawn together, so copies of rows do not feign certainty", () => {
	const once = draw("copies", 60);
	const nine = <T>(items: readonly T[]) =>
		Array.from({ length: 9 }, () => items).flat();
	const copied = {
		truth: nine(once.truth),
		model: once.model.map(nine),
		baseline: once.baseline.map(nine),
	};
	const width = (groups: readonly string[]) => {
		const { differenceInterval } = compareSystems(
			"mae",
			{ ...copied, groups },
			options("w"),
		);
		return differenceInterval[1] - differenceInterval[0];
	};
	const honest = width(nine(once.groups));
	const feigned = width(copied.truth.map((_, i) => String(i)));
	expect(honest / feigned).toBeGreaterThan(2);
	expect(honest / feigned).toBeLessThan(4);
});

describe("a comparison", () => {
	test("is the same for the same key and nearly the same for another", () => {
		const samples = draw("again", 100, 0.2);
		const first = compareSystems("mae", samples, options("k"));
		expect(compareSystems("mae", samples, options("k"))).toEqual(first);
		const other = compareSystems("mae", samples, options("other"));
		expect(other.interval).not.toEqual(first.interval);
		expect(other.interval[0]).toBeCloseTo(first.interval[0], 1);
	});

	test("takes the median over seeds, not the best", () => {
		const { truth, groups, baseline } = draw("seeds", 80);
		const off = (by: number) => truth.map((y) => y + by);
		const { value } = compareSystems(
			"mae",
			{ truth, groups, baseline, model: [off(1), off(5), off(3)] },
			options("s"),
		);
		expect(value).toBeCloseTo(3, 9);
		expect(median([4, 1])).toBe(2.5);
	});

	test("says it cannot tell when every resample lacks a class", () => {
		const rows = Array.from({ length: 10 }, () => 1);
		const { interval } = compareSystems(
			"roc_auc",
			{
				truth: rows,
				model: [rows],
				baseline: [rows],
				groups: rows.map(String),
			},
			options("n"),
		);
		expect(interval).toEqual([Number.NaN, Number.NaN]);
	});
});
