import { describe, expect, test } from "vitest";
import { splitRows } from "../../../src/ml/evaluation/split.ts";
import { readSubject } from "../../../src/ml/evaluation/subject.ts";
import { withholdLabels } from "../../../src/ml/evaluation/withhold.ts";
import { bytes, churnTable, contract, repository } from "../support/churn.ts";

const subject = readSubject(contract, bytes(churnTable()));
if ("faults" in subject) throw new Error(subject.faults.join());
const split = splitRows(subject);

const rows = split.heldOut.map((row, i) => ({
	id: subject.ids[row] ?? "",
	churned: subject.truth[row] === 1,
	label: subject.truth[row] === 1 ? "yes" : "no",
	cells: { region: "north", tenure: i % 60, tickets: i % 8 },
	words: "some words of a customer ".repeat(1 + (i % 5)).trim(),
}));
const text = (line: (row: (typeof rows)[number], at: number) => string) =>
	rows.map(line).join("\n");

const withhold = (path: string, content: string) =>
	withholdLabels(repository().set(path, bytes(content)), subject, split);

describe("the held-out answers in another file", () => {
	test.each([
		[
			"as words",
			text(({ id, churned }) => `"${id}": "${churned ? "yes" : "no"}",`),
		],
		["as numbers", text(({ id, churned }) => `${id},${Number(churned)}`)],
		[
			"as probabilities",
			text(
				({ id, churned }, i) => `${id} ${(churned ? 0.6 : 0.1) + i / 1_000}`,
			),
		],
		[
			"as truths",
			text(({ id, churned }) => `'${id}': ${churned ? "True" : "False"},`),
		],
		[
			"a few words away",
			text(
				({ id, churned }) =>
					`row ${id} region north: ${churned ? "yes" : "no"}`,
			),
		],
		[
			"as a list of one class",
			text(({ id, churned }) => (churned ? `"${id}",` : "")),
		],
		[
			"with a mistake here and there",
			text(
				({ id, churned }, i) => `${id},${Number(i % 40 ? churned : !churned)}`,
			),
		],
		[
			"in rows of JSON with all columns",
			text((row) =>
				JSON.stringify({ row_id: row.id, ...row.cells, churned: row.label }),
			),
		],
		[
			"in JSON over many lines",
			text((row) =>
				JSON.stringify(
					{ row_id: row.id, note: row.words, churned: row.label },
					null,
					2,
				),
			),
		],
		[
			"before the id",
			text((row) => JSON.stringify({ churned: row.label, row_id: row.id })),
		],
		[
			"in JSON before the id, after words of any number",
			text((row) =>
				JSON.stringify({ churned: row.label, note: row.words, row_id: row.id }),
			),
		],
		[
			"at the end of lines of any length",
			text((row) => `${row.id},${row.words},${row.label}`),
		],
		[
			"at the beginning of lines of any length",
			text((row) => `${row.label},${row.words},${row.id}`),
		],
		[
			"in columns of another order",
			text((row) => `${row.label}\t${row.cells.region}\t${row.id}`),
		],
	])("are seen %s", (_, content) => {
		expect(withhold("notes.txt", content)).toMatchObject({
			withheld: ["notes.txt"],
			answering: [],
		});
		expect(withhold("lookup.py", content).answering).toEqual(["lookup.py"]);
	});

	test.each([
		[
			"features that are joined by the id",
			text(({ id }, i) => `${id},${i % 7},${i % 2}`),
		],
		[
			"a feature that follows the label loosely",
			text(
				({ id, churned }, i) =>
					`${id},${Number(i % 5 === 0 ? !churned : churned)}`,
			),
		],
		["the ids alone", text(({ id }) => id)],
		[
			"an example of ten rows",
			text(({ id, churned }, i) => (i < 10 ? `${id} ${churned}` : "")),
		],
		[
			"rows of JSON without the label",
			text((row) =>
				JSON.stringify({
					row_id: row.id,
					...row.cells,
					paid: row.cells.tenure % 2 ? "yes" : "no",
				}),
			),
		],
		["zeros beside every id", text(({ id }) => `${id} 0`)],
	])("are not seen in %s", (_, content) => {
		expect(withhold("lookup.py", content).withheld).toEqual([]);
	});

	test("cannot hide in a binary file, whatever its name; pictures stay", () => {
		const content = "\u0000\u0001 no words";
		expect(withhold("cache/rows.dat", content).withheld).toEqual([
			"cache/rows.dat",
		]);
		expect(withhold("docs/curve.png", content).withheld).toEqual([]);
		expect(withhold("notes.txt", "plain words").withheld).toEqual([]);
	});

	test("are seen for numbers too", () => {
		const regression = {
			...contract,
			task: "regression" as const,
			label: "tenure",
			primary: { metric: "rmse" as const, minimum_delta: 0.1 },
		};
		const other = readSubject(regression, bytes(churnTable()));
		if ("faults" in other) throw new Error(other.faults.join());
		const parts = splitRows(other);
		const lines = parts.heldOut.map(
			(row) => `${other.ids[row]}: ${other.truth[row]}`,
		);
		const files = repository().set("lookup.py", bytes(lines.join("\n")));
		expect(withholdLabels(files, other, parts).answering).toEqual([
			"lookup.py",
		]);
	});
});
