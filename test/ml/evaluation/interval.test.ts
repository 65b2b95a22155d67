import { describe, expect, test } from "vitest";
import { compareSystems } from "../../../src/ml/evaluation/bootstrap.ts";
import {
	percentileInterval,
	percentileP,
	scaledInterval,
} from "../../../src/ml/evaluation/statistics/interval.ts";
import { unitsOf } from "../../../src/ml/evaluation/units.ts";

const spread = Array.from({ length: 1_999 }, (_, i) => i - 999);
const width = ([low, high]: [number, number]) => high - low;

describe("an interval", () => {
	test("of resampled values leaves out half of alpha on either side, when units are many", () => {
		// Of 1,999 values the 50th lies at 2.5 %; the one further out is taken.
		expect(percentileInterval(spread, 0.05, 100_000)).toEqual([-951, 951]);
	});

	test("is wider the fewer units there are, and refused below five", () => {
		const widths = [5, 10, 100].map((units) =>
			width(percentileInterval(spread, 0.05, units)),
		);
		expect(widths).toEqual(widths.toSorted((a, b) => b - a));
		expect(percentileInterval(spread, 0.05, 4)).toEqual([
			Number.NaN,
			Number.NaN,
		]);
		expect(percentileP(spread, 4)).toBeNaN();
	});

	test("leaves zero out exactly where p is below alpha", () => {
		for (let shift = 850; shift < 1_000; shift++)
			for (const units of [8, 30, 5_000]) {
				// No replicate lies on zero.
				const moved = spread.map((value) => value + shift + 0.5);
				const [low] = percentileInterval(moved, 0.05, units);
				expect(percentileP(moved, units) < 0.05).toBe(low > 0);
			}
	});

	test("of a share stays inside its range and reaches further to the middle", () => {
		const replicates = spread.map((value) => 0.97 + value / 50_000);
		const [low, high] = scaledInterval(0.97, replicates, 0.05, 30, [0, 1]);
		expect(high).toBeLessThan(1);
		expect(0.97 - low).toBeGreaterThan(high - 0.97);
	});

	test("of a perfect score on ten rows admits that one in four may yet fail", () => {
		const [low, high] = scaledInterval(
			1,
			spread.map(() => 1),
			0.05,
			10,
			[0, 1],
		);
		expect(low).toBeCloseTo(0.025 ** 0.1, 9);
		expect(high).toBe(1);
	});
});

test("ten positives among two hundred rows count as ten, or as their groups", () => {
	const truth = Array.from({ length: 200 }, (_, row) => Number(row < 10));
	const groups = truth.map((_, row) => `${row}`);
	expect(unitsOf("pr_auc", { truth, groups })).toBe(10);
	expect(unitsOf("accuracy", { truth, groups })).toBe(200);
	const pairs = truth.map((_, row) => `${row >> 1}`);
	expect(unitsOf("pr_auc", { truth, groups: pairs })).toBe(5);
});

test("a loss made up by few rows is as uncertain as if there were few", () => {
	const rows = 200;
	const truth = Array.from({ length: rows }, () => 0);
	const wave = truth.map((_, row) => 1 + Math.sin(row));
	const comparing = (prediction: number[]) =>
		compareSystems(
			"mae",
			{
				truth,
				model: [prediction],
				baseline: [prediction],
				groups: truth.map((_, row) => `${row}`),
			},
			{ alpha: 0.05, key: "tails", replicates: 400 },
		);
	const spiked = wave.map((value, row) => (row % 67 ? value : 60));
	const logs = ([low, high]: [number, number]) => Math.log(high / low);
	expect(logs(comparing(spiked).interval)).toBeGreaterThan(
		5 * logs(comparing(wave).interval),
	);
});
