// Every rule on its own fixtures: it finds what they mark, and nothing else.
import { describe, expect, test } from "vitest";
import { checkRules } from "../../../src/ml/rules/check-rules.ts";
import type { Rule } from "../../../src/ml/rules/rule.ts";
import { RULES } from "../../../src/ml/rules/rules.ts";
import { fixturesOf, ruleFolders } from "./support/fixtures.ts";

const FEWEST = 6;

const hitsOf = (rule: Rule, files: ReadonlyMap<string, string>) =>
	checkRules(files, { labels: [] }, [rule]);

test("fixtures belong to rules", () => {
	const ids = RULES.map(({ id }) => id);
	expect(ruleFolders().filter((name) => !ids.includes(name))).toEqual([]);
});

describe.each(RULES)("$id", (rule) => {
	const fixtures = fixturesOf(rule.id);

	test(`has ${FEWEST} fixtures, half of them good`, () => {
		const good = fixtures.filter(({ side }) => side === "good");
		expect(fixtures.length).toBeGreaterThanOrEqual(FEWEST);
		expect(good.length).toBeGreaterThanOrEqual(FEWEST / 2);
		expect(fixtures.length - good.length).toBeGreaterThanOrEqual(FEWEST / 2);
	});

	test.each(fixtures)(
		"finds in $side $name what is marked",
		async ({ side, files, expected }) => {
			const hits = await hitsOf(rule, files);
			const found = hits.map(({ path, startLine }) => `${path}:${startLine}`);
			expect(found).toEqual(expected);
			expect(expected.length > 0).toBe(side === "bad");
		},
	);

	test.each(fixtures.filter(({ side }) => side === "good"))(
		"finds the fault put into good $name",
		async ({ mutant }) => {
			expect(mutant, "a line '# mutate: <old> => <new>'").toBeDefined();
			if (mutant) expect(await hitsOf(rule, mutant)).not.toEqual([]);
		},
	);

	test("finds its documentation's bad example, and not the good one", async () => {
		const { bad, good } = rule;
		expect(await hitsOf(rule, new Map([["a.py", bad]]))).not.toEqual([]);
		expect(await hitsOf(rule, new Map([["a.py", good]]))).toEqual([]);
	});
});
