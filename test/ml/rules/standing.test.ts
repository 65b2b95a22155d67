import { describe, expect, test } from "vitest";
import { RULES } from "../../../src/ml/rules/rules.ts";
import { standingOf, wilson } from "../../../src/ml/rules/standing.ts";
import { parseVerdicts } from "../../../src/ml/rules/verdicts.ts";

test.each([
	[16, 16, 81],
	[15, 16, 72],
	[54, 73, 63],
	[0, 16, 0],
])("%i right of %i give %i", (right, n, bound) => {
	expect(wilson(right, n)).toBe(bound);
});

test("without a count only what is a fault by its syntax may post", () => {
	for (const rule of RULES) {
		const { tier, confidence, n } = standingOf(rule);
		if (tier === "measured") expect(n).toBeGreaterThanOrEqual(16);
		if (tier === "unmeasured") expect(confidence).toBeLessThan(80);
		if (tier === "by construction") expect(rule.byConstruction).toBe(true);
	}
});

describe("verdicts", () => {
	const sha = "93a43d9a5c22450bbf06e78da2cb6eeef084b717";

	test("say where, what and why", () => {
		const text = `# read in June\n\nowner/name@${sha}:a b/c.py:12 -> right  it is\n`;
		expect(parseVerdicts("X", text)).toEqual([
			{ place: `owner/name@${sha}:a b/c.py:12`, verdict: "right" },
		]);
	});

	test.each([
		["owner/name:c.py:12 -> right", /line 1 is not/],
		[`o/n@${sha}:c.py:12 -> maybe`, /line 1 is not/],
		[
			`o/n@${sha}:c.py:12 -> right\no/n@${sha}:c.py:12 -> wrong`,
			/line 2 repeats/,
		],
	])("a faulty line is named: %s", (text, message) => {
		expect(() => parseVerdicts("X", text)).toThrow(message);
	});

	test("belong to rules and can be read", () => {
		for (const rule of RULES) expect(() => standingOf(rule)).not.toThrow();
	});
});
