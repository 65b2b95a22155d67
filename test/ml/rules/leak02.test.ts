import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkRules } from "../../../src/ml/rules/check-rules.ts";

const FIXTURES = join(import.meta.dirname, "fixtures");
const nobody = { labels: [] };

/** A fixture's files by path, and the places its comments expect. */
function readFixture(folder: string) {
	const files = new Map<string, string>();
	const expected: string[] = [];
	const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
	for (const path of paths.filter((it) => it.endsWith(".py"))) {
		const source = readFileSync(join(folder, path), "utf8");
		files.set(path, source);
		for (const [i, line] of source.split("\n").entries())
			if (line.includes("# expect: LEAK02")) expected.push(`${path}:${i + 1}`);
	}
	return { files, expected };
}

describe("LEAK02 on twins", () => {
	const names = readdirSync(FIXTURES);

	test.each(names)(
		"finds %s where the comment says, and nothing else",
		async (name) => {
			const { files, expected } = readFixture(join(FIXTURES, name, "bad"));
			const hits = await checkRules(files, nobody);
			expect(expected).toHaveLength(1);
			expect(hits.map((hit) => `${hit.path}:${hit.startLine}`)).toEqual(
				expected,
			);
		},
	);

	test.each(names)("is silent on the honest twin of %s", async (name) => {
		const { files } = readFixture(join(FIXTURES, name, "good"));
		expect(await checkRules(files, nobody)).toEqual([]);
	});
});
