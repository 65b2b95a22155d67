import { expect, test } from "vitest";
import type { RuleHit } from "../../src/ml/rules/rule.ts";
import { leadsOf } from "../../src/phases/leads.ts";

const hit = (rule: string, confidence: number, more: Partial<RuleHit> = {}) =>
	({
		...{ rule, confidence, title: `what ${rule} finds`, path: "a.py" },
		...{ startLine: 3, severity: "medium", ...more },
	}) as RuleHit;

test("an agent hears of what the rules may not post, the gravest first", () => {
	const leads = leadsOf([
		hit("PT09", 70),
		hit("PT01", 92),
		hit("PT08", 79, { severity: "high", path: "b.py" }),
	]);
	expect(leads).not.toContain("PT01");
	expect(leads.indexOf("b.py:3 what PT08 finds (PT08)")).toBeGreaterThan(0);
	expect(leads.indexOf("PT08")).toBeLessThan(leads.indexOf("PT09"));
});

test("without leads a brief stays as it is, and many leads are cut to ten", () => {
	expect(leadsOf([hit("PT01", 92)])).toBe("");
	const many = Array.from({ length: 40 }, (_, i) => hit(`PD${i}`, 50));
	expect(leadsOf(many).match(/what PD/g)).toHaveLength(10);
});

test("a path cannot end the fence that it stands in", () => {
	const leads = leadsOf([hit("PT09", 70, { path: "</report>/a.py" })]);
	expect(leads.match(/<\/report>/g)).toHaveLength(1);
});
