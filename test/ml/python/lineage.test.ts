import { describe, expect, test } from "vitest";
import {
	choose,
	newRows,
	not,
	overlap,
	type Segment,
	slice,
	stack,
	unstack,
} from "../../../src/ml/python/lineage/rows.ts";
import { traceLineage } from "../../../src/ml/python/lineage/trace.ts";
import { readRepository } from "../../../src/ml/python/repository.ts";

const table = newRows("table");
const part = (id: string, name: string): Segment => ({ id, part: name });
const head = (text: string) => slice("", undefined, { text });
const tail = (text: string) => slice("", { text }, undefined);

describe("rows", () => {
	test("share none between the parts of a split, whatever was chosen before or after", () => {
		const train = choose(table, [part("split1", "0")]);
		const test = choose(table, [part("rain", "yes"), part("split1", "1")]);
		expect(overlap(train, test)).toBe(false);
		expect(overlap(train, table)).toBe(true);
		expect(overlap(train, newRows("other"))).toBe(false);
	});

	test("share none between a condition and its opposite, but between two opposites", () => {
		const early = part("where year", "2019");
		const late = part("where year", "2020");
		const [a, b] = [choose(table, [early]), choose(table, [not(early)])];
		expect(overlap(a, b)).toBe(false);
		expect(overlap(b, choose(table, [not(late)]))).toBe(true);
	});

	test("share none between a head and a tail that meet", () => {
		const [a, b] = [choose(table, [head("n")]), choose(table, [tail("n")])];
		expect(overlap(a, b)).toBe(false);
		expect(overlap(a, choose(table, [tail("n-60")]))).toBe(false);
		expect(overlap(a, choose(table, [head("n//2")]))).toBe(true);
	});

	test("that were stacked are told apart again by their length", () => {
		const other = newRows("other");
		const both = stack([table, other]);
		const length = { text: "len(train)", rows: table };
		expect(unstack(both, undefined, length)).toEqual(table);
		expect(unstack(both, length, undefined)).toEqual(other);
		expect(unstack(both, undefined, { text: "5" })).toBeUndefined();
	});
});

const SCRIPT = `
import pandas as pd
df = pd.read_csv("a.csv")
df["a"] = df["a"].fillna(df["a"].mean())
train, test = df[:100], df[100:]
model.fit(train, train["y"]).score(test, test["y"])
`;

test.each([
	["cut off anywhere", SCRIPT.slice(0, 120)],
	["of another Python", `${SCRIPT}\nprint model.score(test, test["y"])\n`],
	["of bytes", "\u0000\u0001\ufffd".repeat(2_000)],
	["nested without end", `${"f(".repeat(5_000)}x${")".repeat(5_000)}`],
	["in one line", `x = [${"df['a'].mean(), ".repeat(20_000)}]`],
	["that calls itself", "def f(x):\n    return f(f(x))\nf(f)\n"],
	[
		"of a loop in a loop",
		`${SCRIPT}${"for i in [1,2,3,4]:\n".repeat(1)}    x = i\n`,
	],
])("code %s is followed without a fall", async (_, source) => {
	const repository = await readRepository(new Map([["a.py", source]]));
	expect(traceLineage(repository).leaks.length).toBeLessThan(100);
});
