import { describe, expect, it } from "vitest";
import { compileRisks } from "../../src/ml/risk-register.ts";
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
			expect.stringMatching(/age is missing in 40 %/),
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

	it("names a place once per class, the rule before the agent", () => {
		const place = { path: "m.py", startLine: 3, endLine: 3 };
		const risks = compileRisks({
			ruleHits: [
				{
					...place,
					rule: "LEAK02",
					title: "t",
					severity: "critical",
					confidence: 92,
					quote: "q",
					message: "m",
					suggestion: "s",
				},
			],
			profiles: [],
			named: [
				{ source: "ml-explorer", risks: [named({ class: "data leakage" })] },
			],
		});
		expect(risks.map(({ source }) => source)).toEqual(["LEAK02"]);
	});
});
