import { expect, it } from "vitest";
import { isRepeated } from "../../../src/ml/evaluation/checks/same-seed-and-blind.ts";

const first = Float64Array.of(0.5, 0.25, 1_000);
const again = Float64Array.of(0.500_01, 0.25, 1_000.01);

it("the same seed gives the same digits where one machine trains twice", () => {
	expect(isRepeated(first, first, { name: "bubblewrap" })).toBe(true);
	expect(isRepeated(again, first, { name: "bubblewrap" })).toBe(false);
});

it("of two machines it is asked for a thousandth", () => {
	expect(isRepeated(again, first, { name: "actions" })).toBe(true);
	const other = Float64Array.of(0.51, 0.25, 1_000);
	expect(isRepeated(other, first, { name: "actions" })).toBe(false);
	expect(
		isRepeated(Float64Array.of(Number.NaN), first, { name: "actions" }),
	).toBe(false);
});
