// What a rule offers as a fix is one: applied, the rule is silent and Python still parses.
import { expect, test } from "vitest";
import { syntaxFaults } from "../../../src/ml/python/syntax.ts";
import { checkRules } from "../../../src/ml/rules/check-rules.ts";
import type { Edit } from "../../../src/ml/rules/rule.ts";
import { RULES } from "../../../src/ml/rules/rules.ts";
import { fixturesOf } from "./support/fixtures.ts";

const nobody = { labels: [] };

/** From the last line up, so that the lines above keep their numbers. */
function applied(source: string, edits: readonly Edit[]): string {
	const lines = source.split("\n");
	for (const { startLine, endLine, lines: anew } of edits.toSorted(
		(a, b) => b.startLine - a.startLine,
	))
		lines.splice(
			startLine - 1,
			endLine - startLine + 1,
			...(anew === undefined ? [] : [anew]),
		);
	return lines.join("\n");
}

const fixable = RULES.flatMap((rule) =>
	fixturesOf(rule.id)
		.filter(({ side, files }) => side === "bad" && files.size === 1)
		.map(({ name, files }) => ({ rule, id: rule.id, name, files })),
);

test.each(fixable)("$id in $name", async ({ rule, files }) => {
	const hits = await checkRules(files, nobody, [rule]);
	if (hits.some(({ fix }) => fix === undefined)) return;
	for (const [path, source] of files) {
		if (!path.endsWith(".py")) return;
		const mended = applied(source, [...hits.flatMap(({ fix }) => fix ?? [])]);
		expect(await syntaxFaults(mended)).toEqual([]);
		const left = await checkRules(new Map([[path, mended]]), nobody, [rule]);
		expect(left).toEqual([]);
	}
});

const OFFERS = new Set(
	"PT01 PT02 PT03 PT05 PT06 PT08 REP01 SEC01 TIME02".split(" "),
);

test.each(RULES.filter(({ id }) => OFFERS.has(id)))(
	"$id offers one for its documentation's example",
	async (rule) => {
		const hits = await checkRules(new Map([["a.py", rule.bad]]), nobody, [
			rule,
		]);
		expect(hits.map(({ fix }) => fix?.length ?? 0)).not.toContain(0);
	},
);
