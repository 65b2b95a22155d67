import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guessLabels } from "../../../src/ml/profile/class-balance.ts";
import { findTables } from "../../../src/ml/profile/find-tables.ts";
import { profileTable } from "../../../src/ml/profile/profile-table.ts";
import { readTable } from "../../../src/ml/table/read-table.ts";
import { writeDelimited } from "../../../src/ml/table/write-table.ts";
import { DataProfile } from "../../../src/reports/data.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function profile(
	text: string,
	path = "data/t.csv",
	limits?: { rows: number; bytes: number },
) {
	const result = profileTable(path, bytes(text), limits);
	if ("fault" in result) throw new Error(result.fault);
	expect(DataProfile.parse(result)).toEqual(result);
	return result;
}

const column = (text: string, name: string) =>
	profile(text).columns.find((it) => it.name === name);

const CUSTOMERS = `row_id,customer_id,city,age,income,since,active,note,churned
1,c1,Ulm,30,10.5,2024-01-01,true,likes it,0
2,c1,Ulm,31,,2024-02-01,true,"says ""no"", twice",1
3,c2,Bonn,NA,20.5,2024-03-01,false,left,0
4,c3,Ulm,40,1e2,2024-04-01,true,asked for a rebate,0
4,c3,Ulm,40,1e2,2024-04-01,true,asked for a rebate,0
`;

describe("a profile", () => {
	test("counts rows, repeated rows and the digest of the bytes", () => {
		const result = profile(CUSTOMERS);
		expect(result).toMatchObject({
			rows: 5,
			duplicateRows: 1,
			truncated: false,
		});
		const digest = createHash("sha256").update(CUSTOMERS).digest("hex");
		expect(result.digest).toBe(digest);
	});

	test("tells types, missing values, range and the commonest values", () => {
		const types = profile(CUSTOMERS).columns.map(({ name, type }) => [
			name,
			type,
		]);
		expect(Object.fromEntries(types)).toEqual({
			row_id: "integer",
			customer_id: "text",
			city: "category",
			age: "integer",
			income: "number",
			since: "date",
			active: "boolean",
			note: "text",
			churned: "integer",
		});
		expect(column(CUSTOMERS, "age")).toMatchObject({
			missing: 0.2,
			distinct: 3,
			min: "30",
			max: "40",
			mean: 141 / 4,
			top: [
				{ value: "40", count: 2 },
				{ value: "30", count: 1 },
				{ value: "31", count: 1 },
			],
		});
		expect(column(CUSTOMERS, "since")).toMatchObject({
			min: "2024-01-01",
			max: "2024-04-01",
		});
	});

	test("shows the classes of what is called like a label, and of nothing else", () => {
		expect(profile(CUSTOMERS).classBalance).toEqual([
			{
				column: "churned",
				shares: [
					{ value: "0", share: 0.8 },
					{ value: "1", share: 0.2 },
				],
			},
		]);
		expect(guessLabels(profile(CUSTOMERS))).toEqual(["churned"]);
	});

	test("takes the last column for the label only when no name says so and it has few values", () => {
		expect(guessLabels(profile("a,b\n1,x\n2,y\n3,x\n"))).toEqual(["b"]);
		expect(
			guessLabels(profile("a,b\n1,1.5\n2,2.5\n3,3\n4,4\n5,5\n6,6\n")),
		).toEqual([]);
		expect(guessLabels(profile("target,b\n1,x\n0,y\n"))).toEqual(["target"]);
	});

	test("shows which rows belong together, by identifiers that repeat", () => {
		expect(profile(CUSTOMERS).groupRepeats).toEqual([
			{ column: "row_id", groups: 4, largest: 2 },
			{ column: "customer_id", groups: 3, largest: 2 },
		]);
		expect(profile("id,city\n1,Ulm\n2,Ulm\n").groupRepeats).toEqual([]);
	});

	test("reads tabs and JSON lines, with keys that come and go", () => {
		expect(profile("a\tb\n1\t2,5\n", "t.tsv").columns).toHaveLength(2);
		const lines = '{"a":1,"b":null}\n\n{"a":2,"c":{"d":1}}\n';
		const result = profile(lines, "t.jsonl");
		expect(result.rows).toBe(2);
		expect(result.columns.map(({ name, missing }) => [name, missing])).toEqual([
			["a", 0],
			["b", 1],
			["c", 0.5],
		]);
	});

	test("says so when only the first part was read", () => {
		const text = `a\n${"1\n".repeat(50)}`;
		expect(profile(text, "t.csv", { rows: 10, bytes: 1_000 })).toMatchObject({
			rows: 10,
			truncated: true,
		});
		expect(profile(text, "t.csv", { rows: 100, bytes: 41 })).toMatchObject({
			rows: 19,
			truncated: true,
		});
		expect(profile(text, "t.csv", { rows: 50, bytes: 1_000 })).toMatchObject({
			rows: 50,
			truncated: false,
		});
	});
});

describe("a file that is no table is a fault in words:", () => {
	test.each([
		["another format", "t.parquet", "x", /not a .csv, .tsv or .jsonl/],
		["binary", "t.csv", "a,b\n\u0000", /binary/],
		["empty", "t.csv", "", /empty; a header line was expected/],
		["lines of unequal width", "t.csv", "a,b\n1\n", /cannot be read as csv/],
		["an open quote", "t.csv", 'a,b\n"1,2\n', /cannot be read as csv/],
		["a repeated column", "t.csv", "a,a\n1,2\n", /"a" twice/],
		["broken JSON", "t.jsonl", '{"a":1}\n{oops\n', /line 2 is not JSON/],
		["a JSON list", "t.jsonl", "[1]\n", /line 1 is not a JSON object/],
		[
			"a Git LFS pointer",
			"t.csv",
			"version https://git-lfs.github.com/spec/v1\n",
			/LFS pointer/,
		],
	])("%s", (_, path, text, expected) => {
		const result = profileTable(path, bytes(text));
		expect("fault" in result && result.fault).toMatch(expected);
	});

	test("whatever the bytes, nothing is thrown", () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ maxLength: 200 }),
				fc.constantFrom("t.csv", "t.tsv", "t.jsonl"),
				(content, path) => {
					profileTable(path, content);
				},
			),
		);
	});
});

test("a table that is written and read again is the same table", () => {
	const cell = fc
		.string({ maxLength: 8 })
		.filter((it) => !it.includes("\u0000"));
	fc.assert(
		fc.property(
			fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 10 }),
			(rows) => {
				const written = writeDelimited(["first", "second"], rows);
				expect(readTable("t.csv", written)).toMatchObject({ rows });
			},
		),
	);
});

describe("tables are looked for", () => {
	test("in data folders first, outside of tests, five at most, none compressed", () => {
		const paths = [
			"src/a.py",
			"deep/down/in/x.csv",
			"tests/fixtures/f.csv",
			"data/a.csv",
			"data/b.tsv",
			"data/c.csv.gz",
			"top.jsonl",
			"data/old/d.csv",
			"e.csv",
		];
		expect(findTables(paths)).toEqual([
			"data/a.csv",
			"data/b.tsv",
			"data/old/d.csv",
			"e.csv",
			"top.jsonl",
		]);
	});

	test("in tests only when there is nothing else", () => {
		expect(findTables(["tests/f.csv", "README.md"])).toEqual(["tests/f.csv"]);
	});
});

describe("the numbers of a profile", () => {
	const rows = Array.from({ length: 40 }, (_, i) => i + 1);
	const table = [
		"age,months,flat,noise",
		...rows.map((i) => `${i},${i * 12 + (i % 3)},7,${(i * 17) % 23}`),
		"400,4800,7,5",
	].join("\n");

	test("count values far outside the middle half", () => {
		expect(column(table, "age")?.outliers).toBe(1);
		expect(column(table, "noise")?.outliers).toBe(0);
		expect(column(table, "flat")?.outliers).toBe(0);
	});

	test("name columns that say nearly the same, and no others", () => {
		expect(profile(table).correlations).toEqual([
			{ columns: ["age", "months"], r: expect.closeTo(1, 2) },
		]);
	});

	test("leave out what is missing before they compare", () => {
		const gaps = table.replace("\n3,37,", "\nNA,37,").replace("\n9,", "\n,");
		expect(profile(gaps).correlations[0]?.columns).toEqual(["age", "months"]);
	});
});
