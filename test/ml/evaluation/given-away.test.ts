import { describe, expect, test } from "vitest";
import { contractFaults } from "../../../src/ml/evaluation/contract-faults.ts";
import { randomOf } from "../../../src/ml/evaluation/random.ts";
import type { EvaluationContract } from "../../../src/reports/evaluation-plan.ts";
import { bytes, churnTable, contract } from "../support/churn.ts";

/** The churn table with one more column before the label. */
function withColumn(make: (cells: string[], row: number) => string): string {
	const [header = "", ...rows] = churnTable(300).trim().split("\n");
	const lines = rows.map((line, row) => {
		const cells = line.split(",");
		return [...cells.slice(0, -1), make(cells, row), cells.at(-1)].join();
	});
	return `${header.replace(/,churned$/, ",extra,churned")}\n${lines.join("\n")}\n`;
}
const faultsOf = (table: string, terms: EvaluationContract = contract) =>
	contractFaults(terms, bytes(table));

describe("a column that gives the label away is told at the gate:", () => {
	test("the label under another name", () => {
		const table = withColumn((cells) =>
			cells.at(-1) === "yes" ? "gone" : "there",
		);
		expect(faultsOf(table)).toEqual([
			expect.stringMatching(
				/"extra" is the label under another name.*leave_out/,
			),
		]);
	});

	test("and left out of the contract, it does no harm", () => {
		const table = withColumn((cells) => cells.at(-1) ?? "");
		expect(faultsOf(table, { ...contract, leave_out: ["extra"] })).toEqual([]);
	});

	test.each(["churned", "row_id", "customer_id", "region"])(
		"what the contract needs cannot be left out: %s",
		(column) => {
			expect(
				faultsOf(churnTable(300), { ...contract, leave_out: [column] })[0],
			).toMatch(`leaves out the column "${column}"`);
		},
	);
});

describe("what only resembles the label is no fault:", () => {
	test("a column that agrees with it but for a few rows", () => {
		const table = withColumn((cells, row) =>
			(cells.at(-1) === "yes") === row % 20 > 0 ? "1" : "0",
		);
		expect(faultsOf(table)).toEqual([]);
	});

	test("means of a label over earlier rows, and plain fractions", () => {
		const seen = new Map<string, number[]>();
		const table = withColumn((cells) => {
			const before = seen.get(cells[2] ?? "") ?? [];
			seen.set(cells[2] ?? "", [...before, Number(cells.at(-1) === "yes")]);
			const mean = before.reduce((a, b) => a + b, 0) / (before.length || 1);
			return mean.toFixed(4);
		});
		expect(faultsOf(table)).toEqual([]);
	});

	test("windows over the rows before, in a series that swings", () => {
		const random = randomOf("series");
		const y = Array.from(
			{ length: 300 },
			(_, t) => Math.sin(t / 9) + random.next(),
		);
		const lines = y.slice(10).map((value, i) => {
			const window = y.slice(i + 5, i + 10).reduce((a, b) => a + b, 0) / 5;
			return [
				i,
				window.toFixed(6),
				(2 * value + random.next()).toFixed(6),
				value.toFixed(6),
			].join();
		});
		const table = `t,past,beside,y\n${lines.join("\n")}\n`;
		const terms: EvaluationContract = {
			...contract,
			...{ task: "regression", label: "y", positive: "none", id: "t" },
			split: { kind: "time", group: "t", held_out: 0.25 },
			primary: { metric: "mae", minimum_delta: 0 },
			...{ secondary: [], slices: [] },
		};
		expect(faultsOf(table, terms)).toEqual([]);
	});
});
