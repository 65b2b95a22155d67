import { describe, expect, it } from "vitest";
import {
	consolidateFindings,
	type Diff,
	resolvedSince,
} from "../../src/ml/findings.ts";
import type { RuleHit } from "../../src/ml/rules/rule.ts";
import type { Review, ReviewReport } from "../../src/reports/findings.ts";

type Remark = Review["findings"][number];

const remark = (more: Partial<Remark> = {}): Remark => ({
	path: "m.py",
	quote: "x = 1",
	title: "A magic number",
	details: "It has no name.",
	severity: "low",
	confidence: 90,
	suggestion: "",
	...more,
});

const review = (...findings: Remark[]): Review => ({
	summary: "Fine.",
	findings,
});

/** A stack of two in which only "x = 1" (in 7) and "y = 2" (in 8) were added. */
const diff: Diff = {
	stack: () => [{ number: 7 }, { number: 8 }],
	async placeInDiff(path, quote) {
		const pull = { "x = 1": 7, "y = 2": 8 }[quote];
		return pull
			? { path, startLine: 4, endLine: 4, pull, text: `    ${quote}` }
			: undefined;
	},
	introducedBy: async (path, line) =>
		path === "new.py" ? { pull: 7, line: line - 2 } : undefined,
};

const hit = (path: string): RuleHit => ({
	rule: "LEAK02",
	title: "Target mean over all rows",
	severity: "critical",
	confidence: 92,
	tier: "measured",
	path,
	startLine: 12,
	endLine: 13,
	quote: "sums[k] += row[LABEL]",
	message: "Held-out labels reach the feature.",
	suggestion: "Fit on training rows.",
});

const consolidate = (
	ruleHits: RuleHit[],
	...reviews: [focus: "code quality" | "performance", review: Review][]
) => consolidateAfter(undefined, ruleHits, ...reviews);

const consolidateAfter = (
	earlier: ReviewReport | undefined,
	ruleHits: RuleHit[],
	...reviews: [focus: "code quality" | "performance", review: Review][]
) =>
	consolidateFindings({
		earlier,
		ruleHits,
		reviews: reviews.map(([focus, review]) => ({ focus, review })),
		diff,
	});

describe("reviewers' remarks", () => {
	it("become findings where their quote was added", async () => {
		const { findings } = await consolidate(
			[],
			[
				"code quality",
				review(remark(), remark({ quote: "y = 2", title: "B b" })),
			],
		);
		expect(findings.map(({ pull }) => pull)).toEqual([7, 8]);
	});

	it("below the posting confidence are left out, with a count", async () => {
		const { findings, dropped } = await consolidate(
			[],
			["code quality", review(remark({ confidence: 79 }))],
		);
		expect(findings).toEqual([]);
		expect(dropped.lowConfidence).toBe(1);
	});

	it("whose quote is nowhere in the diff are left out, with a count", async () => {
		const { findings, dropped } = await consolidate(
			[],
			["code quality", review(remark({ quote: "never written" }))],
		);
		expect(findings).toEqual([]);
		expect(dropped.notFound).toBe(1);
	});

	it("made twice are posted once, with a count", async () => {
		const { findings, dropped } = await consolidate(
			[],
			["code quality", review(remark())],
			["performance", review(remark())],
		);
		expect(findings).toHaveLength(1);
		expect(dropped.repeated).toBe(1);
	});
});

describe("a rule's finding", () => {
	it("goes to the pull request that added the line, with its number there", async () => {
		const { findings } = await consolidate([hit("new.py")]);
		expect(findings[0]).toMatchObject({
			pull: 7,
			startLine: 10,
			endLine: 11,
			preexisting: false,
		});
	});

	it("in older code is shown by the top and marked as such", async () => {
		const { findings } = await consolidate([hit("old.py")]);
		expect(findings[0]).toMatchObject({
			pull: 8,
			startLine: 12,
			preexisting: true,
		});
	});
});

describe("a rule's fix", () => {
	const replacement = {
		...{ startLine: 11, endLine: 13 },
		...{ before: "a\nb\nc", after: "a\nB\nc" },
	};

	it("is offered for the lines it replaces, where one pull request shows them", async () => {
		const { findings } = await consolidate([{ ...hit("new.py"), replacement }]);
		expect(findings[0]).toMatchObject({
			...{ startLine: 9, endLine: 11, tier: "measured" },
			...{ quote: "a\nb\nc", replacement: "a\nB\nc" },
		});
	});

	it("is left to words in lines that were there before", async () => {
		const { findings } = await consolidate([{ ...hit("old.py"), replacement }]);
		expect(findings[0]?.replacement).toBeUndefined();
		expect(findings[0]).toMatchObject({ startLine: 12, endLine: 13 });
	});

	it("of a lead is not offered, as leads are not posted", async () => {
		const lead = { ...hit("new.py"), confidence: 79 };
		expect((await consolidate([lead])).findings).toEqual([]);
	});
});

describe("findings", () => {
	it("are numbered by severity, then confidence", async () => {
		const { findings } = await consolidate(
			[hit("old.py")],
			[
				"code quality",
				review(
					remark({ title: "Low but sure", confidence: 99 }),
					remark({ quote: "y = 2", title: "High", severity: "high" }),
				),
			],
		);
		expect(findings.map(({ id, title }) => `${id} ${title}`)).toEqual([
			"F1 Target mean over all rows",
			"F2 High",
			"F3 Low but sure",
		]);
	});

	it("keep their fingerprint when lines move", async () => {
		const before = await consolidate([hit("old.py")]);
		const after = await consolidate([
			{ ...hit("old.py"), startLine: 40, endLine: 41 },
		]);
		expect(after.findings[0]?.fingerprint).toBe(
			before.findings[0]?.fingerprint,
		);
	});
});

describe("a reviewer's suggestion", () => {
	it("is indented as the lines it may replace are", async () => {
		const { findings } = await consolidate(
			[],
			[
				"code quality",
				review(remark({ suggestion: "x = ONE\n\nif x:\n    y()" })),
			],
		);
		expect(findings[0]?.suggestion).toBe(
			"    x = ONE\n\n    if x:\n        y()",
		);
	});
});

describe("a later review", () => {
	const reported = async (...remarks: Remark[]): Promise<ReviewReport> => ({
		...(await consolidate([], ["code quality", review(...remarks)])),
		...{ summaries: [], fixed: [], remarks: [] },
	});

	it("calls by the same name what it finds again, in whatever words, and nothing else by it", async () => {
		const earlier = await reported(
			remark({ title: "First" }),
			remark({ quote: "y = 2", title: "Second", confidence: 85 }),
		);
		const { findings, numbered } = await consolidateAfter(
			earlier,
			[hit("old.py")],
			[
				"code quality",
				review(remark({ quote: "  y = 2".trim(), title: "2nd" })),
			],
		);
		expect(findings.map(({ id, title }) => `${id} ${title}`)).toEqual([
			"F3 Target mean over all rows",
			"F2 2nd",
		]);
		expect(numbered).toBe(3);
		expect(resolvedSince(earlier, findings)).toEqual([
			{ id: "F1", title: "First" },
		]);
	});

	it("does not say again what an earlier one said is resolved", async () => {
		const first = await reported(remark());
		const second = { ...(await reported()), numbered: first.numbered ?? 0 };
		expect(resolvedSince(first, second.findings)).toHaveLength(1);
		expect(resolvedSince(second, [])).toEqual([]);
		const { findings } = await consolidateAfter(
			second,
			[],
			["code quality", review(remark({ quote: "y = 2" }))],
		);
		expect(findings[0]?.id).toBe("F2");
	});
});
