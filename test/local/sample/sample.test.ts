import { describe, expect, test } from "vitest";
import { buildSample, DEFAULT_SEED } from "../../../src/local/sample/sample.ts";

const sample = buildSample(DEFAULT_SEED);
const other = buildSample(7);

const tableOf = ({ files }: typeof sample) => {
	const lines = (files["data/customers.csv"] ?? "").trimEnd().split("\n");
	const [header = [], ...rows] = lines.map((line) => line.split(","));
	const column = (name: string) =>
		rows.map((row) => row[header.indexOf(name)] ?? "");
	return { header, rows, column };
};

describe("the sample repository", () => {
	test("is the same to the byte for the same seed", () => {
		expect(buildSample(DEFAULT_SEED)).toEqual(sample);
		expect(buildSample(7)).toEqual(other);
	});

	test("has other names, other data and its leak elsewhere for seed 7", () => {
		const names = Object.values(sample.truth.names);
		expect(
			names.filter((n) => Object.values(other.truth.names).includes(n)),
		).toEqual([]);
		expect(tableOf(other).rows).not.toEqual(tableOf(sample).rows);
		const { leak } = sample.truth;
		expect(other.truth.leak.path).not.toBe(leak.path);
		expect(other.truth.leak.function).not.toBe(leak.function);
		expect(other.truth.leak.startLine).not.toBe(leak.startLine);
	});

	test("puts the leak into a third file for a third seed", () => {
		const places = [DEFAULT_SEED, 7, 2].map(
			(s) => buildSample(s).truth.leak.path,
		);
		expect(new Set(places).size).toBe(3);
	});

	test.each([DEFAULT_SEED, 7, 1, 2, 3, 0, -5, 2 ** 31])(
		"is whole for seed %i",
		(seed) => {
			const { files, issue, truth } = buildSample(seed);
			const paths = Object.keys(files);
			expect(paths.length).toBeGreaterThanOrEqual(12);
			expect(paths.length).toBeLessThanOrEqual(18);
			const text = Object.values(files).join("\n") + issue.title + issue.body;
			expect(text).not.toMatch(/\{\{|\}\}|undefined|NaN/);
			const lines = (files[truth.leak.path] ?? "").split("\n");
			expect(lines[truth.leak.startLine - 1]).toContain(
				`def ${truth.leak.function}(`,
			);
			expect(lines[truth.leak.endLine - 1]).toBe("    return rows");
		},
	);

	test.each([DEFAULT_SEED, 7, 1, 2, 3])(
		"draws a believable table for seed %i",
		(seed) => {
			const built = buildSample(seed);
			const { names, rows, customers, positiveShare } = built.truth;
			const table = tableOf(built);
			expect(table.rows.length).toBe(rows);
			expect(rows).toBeGreaterThan(1_900);
			expect(rows).toBeLessThan(2_200);
			expect(new Set(table.column(names.id)).size).toBe(rows);
			expect(new Set(table.column(names.group)).size).toBe(customers);
			expect(customers).toBe(1_480);
			const labels = table.column(names.label);
			expect(labels.filter((l) => l === "1").length / rows).toBe(positiveShare);
			expect(positiveShare).toBeGreaterThan(0.12);
			expect(positiveShare).toBeLessThan(0.2);
			expect(table.column(names.contact)).toContain("");
			expect(table.column(names.category)).not.toContain("");
		},
	);

	test("loses a customer only once: the label ends their rows", () => {
		const { names } = sample.truth;
		const table = tableOf(sample);
		const gone = new Set<string>();
		const labels = table.column(names.label);
		for (const [row, customer] of table.column(names.group).entries()) {
			expect(gone.has(customer)).toBe(false);
			if (labels[row] === "1") gone.add(customer);
		}
	});

	test("declares every column's role in one module", () => {
		for (const { files, truth } of [sample, other]) {
			const declared = files["churn/columns.py"] ?? "";
			for (const name of tableOf({ ...sample, files }).header)
				expect(declared).toContain(`"${name}"`);
			const { label, group, category } = truth.names;
			for (const [path, text] of Object.entries(files))
				if (path.endsWith(".py") && path !== "churn/columns.py")
					for (const name of [label, group, category])
						expect(text).not.toContain(`"${name}"`);
		}
	});

	test("asks in the issue for what the columns are really called", () => {
		expect(sample.issue.title).toBe(
			"Predict which customers will churn next month",
		);
		expect(other.issue.title).toBe(
			"Predict which customers will cancel next month",
		);
		for (const { issue, truth, files } of [sample, other]) {
			const { label, group } = truth.names;
			expect(issue.body).toContain(`\`${label}\``);
			expect(issue.body).toContain(`\`${group}\``);
			for (const [, path = ""] of issue.body.matchAll(/`([\w/]+\.\w+)`/g))
				expect(Object.keys(files)).toContain(path);
			expect(issue.body.split("\n\n")).toHaveLength(2);
		}
	});
});
