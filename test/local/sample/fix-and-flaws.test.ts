import { describe, expect, test } from "vitest";
import { buildSample } from "../../../src/local/sample/sample.ts";
import { fixLeak } from "../../../src/local/scripted-model/answers/code/fix.ts";
import { writtenFiles } from "../../../src/local/scripted-model/answers/code/written-files.ts";
import { FLAWS } from "../../../src/local/scripted-model/answers/flaws.ts";
import { Change } from "../../../src/reports/change.ts";
import { FOCI, Review } from "../../../src/reports/findings.ts";
import { fixAll } from "./checkout.ts";

const proposed = { ...writtenFiles(7), ...writtenFiles(8), ...writtenFiles(9) };

describe("the fix of the leak", () => {
	test.each([42, 7, 2])("is found from any line of it, seed %i", (seed) => {
		const { files, truth } = buildSample(seed);
		const { path, startLine, endLine } = truth.leak;
		const text = files[path] ?? "";
		const edit = fixLeak(text, startLine);
		expect(edit).toBeDefined();
		expect(text.split(edit?.quote ?? "")).toHaveLength(2);
		expect(edit?.quote.length).toBeLessThan(2_000);
		for (let line = startLine; line <= endLine; line++)
			expect(fixLeak(text, line)).toEqual(edit);
	});

	test.each([42, 7, 2])("splits before it learns, seed %i", (seed) => {
		const { files, truth } = buildSample(seed);
		const { path, startLine } = truth.leak;
		const { replacement = "" } = fixLeak(files[path] ?? "", startLine) ?? {};
		const prepare = replacement.slice(replacement.indexOf("def prepare("));
		expect(prepare).toMatch(/split_by_group\([\s\S]*= fit_\w+\(train\)/);
		expect(replacement).not.toMatch(/row\[RATE\] = .*\//);
	});

	test("leaves text without a leak alone", () => {
		expect(
			fixLeak("def harmless(rows):\n    return rows\n", 1),
		).toBeUndefined();
		const { files, truth } = buildSample(42);
		const { path } = truth.leak;
		const fixed = fixAll({ ...files, ...proposed }, truth.leak);
		expect(fixLeak(fixed[path] ?? "", truth.leak.startLine)).toBeUndefined();
	});
});

describe("the proposed files", () => {
	test.each([7, 8, 9, "fix"] as const)(
		"make a valid change, part %s",
		(part) => {
			const files = Object.entries(writtenFiles(part)).map(
				([path, content]) => ({
					path,
					content,
				}),
			);
			const change = {
				title: "A title",
				why: "Why",
				what: ["What"],
				files,
				replacements: [],
			};
			expect(Change.safeParse(change).error).toBeUndefined();
			expect(files.some(({ path }) => path.startsWith("tests/test_"))).toBe(
				true,
			);
		},
	);

	test("overwrite nothing and spell no column", () => {
		for (const seed of [42, 7]) {
			const { files, truth } = buildSample(seed);
			expect(Object.keys(proposed).filter((path) => path in files)).toEqual([]);
			const { id, group, label, tenure, category } = truth.names;
			const text = Object.values(proposed).join("\n");
			for (const name of [id, group, label, tenure, category])
				expect(text).not.toContain(`"${name}"`);
		}
	});
});

describe("the reviewers' findings", () => {
	const isThere = ({ path, quote, phase }: (typeof FLAWS)[number]) =>
		(writtenFiles(phase)[path] ?? "").split(quote).length === 2;

	test("are valid submissions", () => {
		for (const focus of FOCI) {
			const findings = FLAWS.filter((flaw) => flaw.focus === focus).map(
				({ focus: _f, phase: _p, fix: _x, ...finding }) => finding,
			);
			expect(findings.length).toBeGreaterThan(0);
			expect(
				Review.safeParse({ summary: "Seen", findings }).error,
			).toBeUndefined();
		}
	});

	test("quote the change verbatim and once, one in each focus at 80 or more", () => {
		const posted = FLAWS.filter(
			(flaw) => flaw.confidence >= 80 && isThere(flaw),
		);
		expect(posted.length).toBeGreaterThanOrEqual(3);
		expect(new Set(posted.map(({ focus }) => focus)).size).toBe(3);
		for (const { fix } of posted) expect(fix.length).toBeGreaterThan(0);
	});

	test("hold one that is unsure and one that quotes what is not there", () => {
		const unsure = FLAWS.filter((flaw) => flaw.confidence < 80);
		expect(unsure.map((flaw) => [flaw.confidence, isThere(flaw)])).toEqual([
			[60, true],
		]);
		const invented = FLAWS.filter((flaw) => !isThere(flaw));
		expect(invented.map((flaw) => flaw.confidence)).toEqual([90]);
	});
});
