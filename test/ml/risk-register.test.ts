import { describe, expect, it } from "vitest";
import { compileRisks } from "../../src/ml/risk-register.ts";
import type { RuleHit } from "../../src/ml/rules/rule.ts";
import type { DataProfile } from "../../src/reports/data.ts";
import type { RiskAssessment } from "../../src/reports/risks.ts";

const PROFILE: DataProfile = {
	path: "data/t.csv",
	format: "csv",
	digest: "0".repeat(64),
	rows: 100,
	truncated: false,
	columns: [
		{ name: "age", type: "integer", missing: 0.4, distinct: 50, top: [] },
		{ name: "plan", type: "category", missing: 0.01, distinct: 3, top: [] },
	],
	duplicateRows: 0,
	correlations: [],
	classBalance: [
		{
			column: "churned",
			shares: [
				{ value: "0", share: 0.9 },
				{ value: "1", share: 0.1 },
			],
		},
	],
	groupRepeats: [{ column: "customer_id", groups: 70, largest: 3 }],
};

const named = (more: Partial<RiskAssessment["risks"][number]>) => ({
	title: "Something",
	class: "scalability" as const,
	severity: "low" as const,
	path: "m.py",
	line: 3,
	mitigation: "…",
	design_demand: "…",
	...more,
});

describe("the risk register", () => {
	it("counts repeats, gaps and imbalance out of the profile by itself", () => {
		const risks = compileRisks({
			ruleHits: [],
			profiles: [PROFILE],
			named: [],
		});
		expect(risks.map(({ title }) => title)).toEqual([
			expect.stringMatching(/100 rows but only 70 distinct customer_id/),
			expect.stringMatching(/missing in many rows: age in 40 %$/),
			expect.stringMatching(/churned is imbalanced.*10\.0 %/),
		]);
	});

	it("puts the most severe first and numbers them", () => {
		const risks = compileRisks({
			ruleHits: [],
			profiles: [],
			named: [
				{
					source: "ml-explorer",
					risks: [named({}), named({ line: 9, severity: "critical" })],
				},
			],
		});
		expect(risks.map(({ id, severity }) => [id, severity])).toEqual([
			["R1", "critical"],
			["R2", "low"],
		]);
	});

	const hit = (path: string, startLine: number): RuleHit => ({
		...{ path, startLine, endLine: startLine, rule: "LEAK02", title: "t" },
		...{ severity: "critical", confidence: 92, tier: "measured" },
		...{ quote: "q", message: "m", suggestion: "s" },
	});

	it("names a place once per class, the rule before the agent", () => {
		const risks = compileRisks({
			ruleHits: [hit("m.py", 3)],
			profiles: [],
			named: [
				{ source: "ml-explorer", risks: [named({ class: "data leakage" })] },
			],
		});
		expect(risks.map(({ source }) => source)).toEqual(["LEAK02"]);
	});

	it("is one that a design can answer, however often a rule hits and columns have gaps", () => {
		const lines = Array.from({ length: 60 }, (_, i) => i + 1);
		const columns = lines.map((i) => ({
			...{ name: `c${i}`, type: "integer" as const },
			...{ missing: 0.3 + i / 100, distinct: 9, top: [] },
		}));
		const risks = compileRisks({
			ruleHits: lines.flatMap((line) => [hit("a.py", line), hit("b.py", line)]),
			profiles: [{ ...PROFILE, columns, classBalance: [], groupRepeats: [] }],
			named: [
				{
					source: "ml-explorer",
					risks: [named({ class: "data leakage", path: "b.py", line: 7 })],
				},
			],
		});
		expect(risks.map(({ title, path, line }) => [title, path, line])).toEqual([
			["t (120 places in 2 files)", "a.py", 1],
			[
				"Values are missing in many rows: c60 in 90 %, c59 in 89 %, c58 in 88 %, c57 in 87 %, c56 in 86 % and 55 more columns",
				"data/t.csv",
				undefined,
			],
		]);
	});
});
