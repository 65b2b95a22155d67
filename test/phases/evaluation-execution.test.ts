import { describe, expect, test } from "vitest";
import { evaluationExecution } from "../../src/phases/11-evaluation-execution.ts";
import type { Reports } from "../../src/reports/reports.ts";
import { change, fakeLead, type Told } from "../support/fake-lead.ts";
import { reports } from "../views/samples.ts";

const { results: _, ...built } = reports;
const FAILED = { status: "failed", failed: 2, output: "2 broken" } as const;
const PASSED = { status: "passed", failed: 0 } as const;
const BROKEN_CHECK = {
	name: "worse without its inputs",
	status: "failed",
	detail: "PR-AUC 0.412 with the features, 0.420 without",
} as const;

function tell(told: Told) {
	return fakeLead({
		...told,
		before: { ...(built as Partial<Reports>), review, ...told.before },
		submissions: {
			"interpret-results": reports.results.interpretation,
			"repair-1": change("First repair"),
			"repair-2": change("Second repair"),
			"repair-3": change("Third repair"),
			...told.submissions,
		},
	});
}
const { fix: __, ...review } = reports.review;

const names = (asked: readonly { name: string }[]) =>
	asked.map(({ name }) => name);

const gateOf = (report: Reports["results"]) =>
	evaluationExecution.gate?.(report, {} as never);

describe("an evaluation in which nothing fails", () => {
	test("asks nobody to mend anything, scores once, and needs nobody's word", async () => {
		const { lead, asked, evaluated } = tell({ tests: [PASSED] });
		const report = await evaluationExecution.perform(lead);
		expect(names(asked)).toEqual(["interpret-results"]);
		expect(evaluated).toHaveLength(1);
		expect(report).toMatchObject({ rounds: [], failing: [] });
		expect(report.scorings).toHaveLength(1);
		expect(report.repair).toBeUndefined();
		expect(gateOf(report)).toBeUndefined();
	});
});

describe("the interpreter", () => {
	test("is asked the same when everything took longer the next time", async () => {
		const briefAfter = async (seconds: number) => {
			const { lead, asked } = tell({
				...{
					tests: [
						{ ...FAILED, seconds },
						{ ...PASSED, seconds },
					],
				},
				...{ smoke: [{ seconds }], results: [{ seconds }] },
			});
			await evaluationExecution.perform(lead);
			return asked.map(({ brief }) => brief);
		};
		expect(await briefAfter(61.7)).toEqual(await briefAfter(3.25));
	});
});

describe("tests that fail", () => {
	test("twice are repaired twice, on one pull request, before the held-out part is touched", async () => {
		const { lead, asked, evaluated, commits } = tell({
			tests: [FAILED, FAILED, PASSED],
		});
		const report = await evaluationExecution.perform(lead);
		expect(names(asked)).toEqual(["repair-1", "repair-2", "interpret-results"]);
		expect(asked[0]?.brief).toContain("2 broken");
		expect(commits.map(({ slug }) => slug)).toEqual(["repairs", "repairs"]);
		expect(evaluated).toEqual(["2".repeat(40)]);
		expect(report.scorings).toHaveLength(1);
		expect(report.rounds).toMatchObject([
			{ round: 1, title: "First repair", tests: FAILED },
			{ round: 2, title: "Second repair", tests: PASSED },
		]);
		expect(report.repair?.change.what).toEqual([
			"First repair",
			"Second repair",
		]);
		expect(gateOf(report)).toBeUndefined();
	});

	test("for ever end after three rounds, unjudged, before a person", async () => {
		const { lead, asked, evaluated } = tell({ tests: [FAILED] });
		const report = await evaluationExecution.perform(lead);
		expect(names(asked)).toEqual([
			...["repair-1", "repair-2", "repair-3"],
			"interpret-results",
		]);
		expect(evaluated).toEqual([]);
		expect(report).toMatchObject({
			result: { verdict: "INCONCLUSIVE" },
			scorings: [],
		});
		expect(gateOf(report)).toMatchObject({
			name: "verdict",
			command: expect.stringMatching(/^\/approve [0-9a-f]{8}$/),
			question: expect.stringMatching(/Still failing: 2 of \d+ tests fail/),
		});
	});
});

describe("a metric that fails its threshold", () => {
	test("is the answer: nothing is repaired, a person decides", async () => {
		const { lead, asked, evaluated } = tell({ results: [{ verdict: "FAIL" }] });
		const report = await evaluationExecution.perform(lead);
		expect(names(asked)).toEqual(["interpret-results"]);
		expect(evaluated).toHaveLength(1);
		expect(gateOf(report)?.question).toContain("FAIL");
	});

	test("is not repaired either when a sanity check failed beside it", async () => {
		const { lead, asked } = tell({
			results: [{ verdict: "FAIL", checks: [BROKEN_CHECK] }],
		});
		const report = await evaluationExecution.perform(lead);
		expect(names(asked)).toEqual(["interpret-results"]);
		expect(report.failing).toHaveLength(1);
	});
});

describe("a sanity check that fails", () => {
	test("is repaired, and every look at the held-out part is counted", async () => {
		const { lead, asked } = tell({
			results: [{ checks: [BROKEN_CHECK] }, { checks: [] }],
		});
		const report = await evaluationExecution.perform(lead);
		expect(names(asked)).toEqual(["repair-1", "interpret-results"]);
		expect(new Set(report.scorings.map(({ head }) => head)).size).toBe(2);
		expect(report.failing).toEqual([]);
	});

	test("is told to the writer without a score of the held-out rows", async () => {
		const { lead, asked } = tell({
			results: [{ checks: [BROKEN_CHECK] }, { checks: [] }],
		});
		await evaluationExecution.perform(lead);
		expect(asked[0]?.brief).toContain("worse without its inputs");
		expect(asked[0]?.brief).not.toMatch(/0\.4\d\d/);
	});

	test("for reasons of the data goes to a person at once", async () => {
		const twins = { ...BROKEN_CHECK, name: "no shared rows", ofData: true };
		const { lead, asked } = tell({ results: [{ checks: [twins] }] });
		const report = await evaluationExecution.perform(lead);
		expect(names(asked)).toEqual(["interpret-results"]);
		expect(gateOf(report)?.question).toContain("no shared rows");
	});
});

describe("an evaluation that comes to no end", () => {
	const crashed = {
		verdict: "INCONCLUSIVE",
		reason: "the model's run did not finish",
		value: undefined,
	} as const;

	test("is repaired when the code crashed", async () => {
		const { lead, evaluated } = tell({
			results: [{ ...crashed, cause: "code" } as never, {}],
		});
		const report = await evaluationExecution.perform(lead);
		expect(evaluated).toHaveLength(2);
		expect(report.rounds).toHaveLength(1);
		expect(report.scorings).toHaveLength(1);
		expect(report.result.verdict).toBe("PASS");
	});

	test.each(["contract", "machine"] as const)(
		"is a person's matter when the %s is the reason",
		async (cause) => {
			const { lead, asked } = tell({
				results: [{ ...crashed, cause } as never],
			});
			const report = await evaluationExecution.perform(lead);
			expect(names(asked)).toEqual(["interpret-results"]);
			expect(gateOf(report)?.question).toContain("INCONCLUSIVE");
		},
	);

	test("is not begun while training and prediction do not run from end to end", async () => {
		const { lead, evaluated } = tell({
			smoke: [{ status: "failed", reason: "no modelwright_eval.py" }, {}],
		});
		const report = await evaluationExecution.perform(lead);
		expect(report.rounds[0]?.failures[0]).toContain("no modelwright_eval.py");
		expect(evaluated).toHaveLength(1);
	});
});

describe("an attempt after an earlier one", () => {
	test("goes on counting the looks at the held-out part", async () => {
		const first = await evaluationExecution.perform(tell({}).lead);
		const { lead, evaluated } = tell({
			earlier: {
				results: {
					...first,
					scorings: [{ head: "0".repeat(40), contract: "another" }],
				},
			},
		});
		const report = await evaluationExecution.perform(lead);
		expect(evaluated).toHaveLength(1);
		expect(report.scorings).toHaveLength(2);
	});

	test("does not score the same commit twice", async () => {
		const first = await evaluationExecution.perform(tell({}).lead);
		const { lead, evaluated } = tell({ earlier: { results: first } });
		const report = await evaluationExecution.perform(lead);
		expect(evaluated).toEqual([]);
		expect(report.scorings).toEqual(first.scorings);
		expect(report.result).toEqual(first.result);
	});
});
