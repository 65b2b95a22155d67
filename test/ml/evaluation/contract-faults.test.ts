import { describe, expect, test } from "vitest";
import { contractFaults } from "../../../src/ml/evaluation/contract-faults.ts";
import { forecastEvaluation } from "../../../src/ml/evaluation/power.ts";
import type { EvaluationContract } from "../../../src/reports/evaluation-plan.ts";
import { bytes, churnTable, contract } from "../support/churn.ts";

const table = churnTable(200);
const changed = (change: Partial<EvaluationContract>) => ({
	...contract,
	...change,
});
const randomSplit = { kind: "random", group: "none", held_out: 0.2 } as const;

function manyRowsFewCustomers(): string {
	const [header, ...rows] = churnTable(1_200).trim().split("\n");
	const shared = rows.map((row, i) => row.replace(/,c\d+,/, `,c${i % 30},`));
	return `${header}\n${shared.join("\n")}\n`;
}

test("a contract that fits its data has no fault", () => {
	expect(contractFaults(contract, bytes(table))).toEqual([]);
});

describe("told before anything is built:", () => {
	test.each<[string, EvaluationContract, string | undefined, RegExp]>([
		["a missing file", contract, undefined, /no file data\/churn\.csv/],
		[
			"a missing label",
			changed({ label: "left" }),
			table,
			/no column "left" \(the contract's label\)/,
		],
		[
			"a missing group",
			changed({ split: { ...contract.split, group: "household" } }),
			table,
			/"household" \(the contract's group\)/,
		],
		[
			"a missing slice",
			changed({ slices: ["plan"] }),
			table,
			/"plan" \(the contract's slice\)/,
		],
		[
			"an id that repeats",
			changed({ id: "customer_id" }),
			table,
			/id "customer_id" is not unique: 100 rows/,
		],
		[
			"one class only",
			contract,
			table.replaceAll(",no\n", ",yes\n"),
			/only one class: yes/,
		],
		[
			"a positive value that never occurs",
			changed({ positive: "1" }),
			table,
			/never equals the positive value "1"; it holds/,
		],
		[
			"three classes in a binary task",
			contract,
			table.replace(",no\n", ",maybe\n"),
			/has 3 classes/,
		],
		[
			"a metric for another task",
			changed({ primary: { metric: "rmse", minimum_delta: 0 } }),
			table,
			/rmse does not fit/,
		],
		[
			"a label that is no number",
			changed({
				task: "regression",
				primary: { metric: "mae", minimum_delta: 0 },
				secondary: [],
			}),
			table,
			/not numbers/,
		],
		[
			"seeds that repeat",
			changed({ seeds: [1, 1, 2] }),
			table,
			/seeds are not all different/,
		],
		[
			"too few rows",
			changed({ split: randomSplit }),
			churnTable(40),
			/held-out part would have 8 rows/,
		],
		[
			"too few groups",
			changed({ split: { ...contract.split, group: "region" } }),
			table,
			/group "region" has 3 values/,
		],
		[
			"a time that cannot be put in order",
			changed({ split: { ...contract.split, kind: "time", group: "region" } }),
			churnTable(200).replaceAll(
				/,(north|south|east),/g,
				(_, at) => `,${at}${"abcdefghijkl"[at.length]},`,
			),
			/time "region" cannot be put in order/,
		],
		[
			"an embargo on rows without a time",
			changed({ split: { ...contract.split, embargo: 3 } }),
			table,
			/embargo needs a split by time; this one is group/,
		],
		[
			"McNemar on what is not counted in rights and wrongs",
			changed({ test: "McNemar" }),
			table,
			/McNemar compares accuracy.*\n.*takes rows as independent/,
		],
		[
			"Diebold-Mariano on what has no mean loss and no time",
			changed({ test: "Diebold-Mariano" }),
			table,
			/compares mean losses.*roc_auc\n.*needs a split by time/,
		],
		[
			"too few independent rows of a class",
			changed({ split: { ...contract.split, held_out: 0.05 } }),
			// Forty rows of a customer each: many rows, few customers.
			manyRowsFewCustomers(),
			/would rest on \d independent values of "customer_id"; at least 5/,
		],
		[
			"a ranking of more than two classes",
			changed({ task: "multiclass classification", positive: "none" }),
			table,
			/roc_auc does not fit the task multiclass classification of all classes/,
		],
		[
			"a class with too few rows",
			changed({
				...{
					task: "multiclass classification",
					positive: "none",
					secondary: [],
				},
				primary: { metric: "accuracy", minimum_delta: 0 },
			}),
			table.replace(",no\n", ",maybe\n"),
			/would have \d rows of one class; at least 5/,
		],
		[
			"a line of another width",
			contract,
			`${table}r999,1\n`,
			/cannot be read as csv/,
		],
	])("%s", (_, contract, text, expected) => {
		const faults = contractFaults(
			contract,
			text === undefined ? text : bytes(text),
		);
		expect(faults.join("\n")).toMatch(expected);
	});
});

describe("the forecast", () => {
	test("gives held-out rows and a difference that shrinks with more data", () => {
		const few = forecastEvaluation(contract, bytes(churnTable(300)));
		const many = forecastEvaluation(contract, bytes(churnTable(4_800)));
		expect(few.heldOutRows).toBe(76);
		expect(few.faults).toEqual([]);
		const ratio =
			(few.minimumDetectableEffect ?? 0) / (many.minimumDetectableEffect ?? 1);
		expect(ratio).toBeGreaterThan(3);
		expect(ratio).toBeLessThan(5);
	});

	test("gives faults instead when the contract cannot be judged", () => {
		const forecast = forecastEvaluation(
			changed({ label: "left" }),
			bytes(table),
		);
		expect(forecast.heldOutRows).toBeUndefined();
		expect(forecast.faults).toHaveLength(1);
		expect(forecast.dataDigest).toMatch(/^[0-9a-f]{64}$/);
	});
});
