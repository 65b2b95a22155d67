import { describe, expect, test } from "vitest";
import type { Assignment } from "../../src/agents/assignment.ts";
import { qualityReview } from "../../src/phases/10-quality-review.ts";
import type { Lead } from "../../src/phases/phase.ts";
import { stackOf } from "../../src/reports/stack.ts";
import type { Decision } from "../../src/run/gate.ts";
import { waivedFindings } from "../../src/run/waived.ts";
import { change, fakeLead } from "../support/fake-lead.ts";
import { reports, run } from "../views/samples.ts";

const { fix: _, decidedBy: __, ...found } = reports.review;
const open = { ...found, fixed: [], remarks: [] };
const decided = (command: string): Decision => ({
	...{ gate: "findings", phase: 10, by: "carol", command },
	at: "2026-11-21T10:45:00Z",
});

const gateOf = (review: typeof reports.review, decisions: Decision[] = []) =>
	qualityReview.gate?.(review, {
		run: { ...run, decisions },
		before: reports,
	});

const resolve = (
	review: typeof reports.review,
	command: string,
	title: string,
) => {
	const told = fakeLead({
		before: { review },
		run: { notes: [{ phase: 10, by: "carol", text: "Name the constant." }] },
		submissions: { "write-fixes": change(title) },
	});
	return {
		...told,
		done: qualityReview.resolve?.(told.lead, review, decided(command)),
	};
};

describe("a finished stack", () => {
	test("is looked at by three reviewers side by side, each through a lens of its own", async () => {
		const { lead } = fakeLead({});
		const asked: Assignment[] = [];
		const review = { summary: "Looked.", findings: [] };
		await qualityReview.perform({
			...lead,
			code: {
				checked: async () => ({ hits: [], suppressed: [], skipped: [] }),
			},
			agents: {
				async inParallel(...tasks: Assignment[]) {
					asked.push(...tasks);
					return tasks.map(() => review);
				},
			},
		} as unknown as Lead);
		expect(asked.map(({ role }) => role)).toEqual(Array(3).fill("ml-reviewer"));
		const [code, practices, performance] = asked.map(({ brief }) => brief);
		expect(code).toMatch(/code quality.*clean.*twice.*abstractions/s);
		expect(practices).toMatch(/leakage.*reproduced.*validation/s);
		expect(performance).toMatch(/memory.*batches.*several processes/s);
	});
});

describe("a grave finding of a reviewer", () => {
	const grave = (more: object = {}) => ({
		...{
			path: "churn/model.py",
			quote: "x = 1",
			title: "It leaks",
			details: "Because I think so.",
		},
		...{ severity: "high", confidence: 95, suggestion: "", ...more },
	});
	const perform = async (found: object, earlier = {}) => {
		const { lead, asked } = fakeLead({
			earlier,
			submissions: {
				"second-look": {
					verdicts: [
						{ about: "F1", verdict: "refuted", confidence: 95, remark: "No" },
					],
				},
			},
		});
		const review = { summary: "Looked.", findings: [found] };
		const report = await qualityReview.perform({
			...lead,
			code: {
				checked: async () => ({ hits: [], suppressed: [], skipped: [] }),
			},
			agents: {
				...lead.agents,
				inParallel: async () => [
					review,
					...Array(2).fill({ summary: "", findings: [] }),
				],
			},
			pulls: {
				...lead.pulls,
				placeInDiff: async (path: string, text: string) => ({
					...{ path, text, startLine: 3, endLine: 3, pull: 43 },
				}),
				linesAround: async () => [
					{ number: 2, text: "import this", added: false },
					{ number: 3, text: "x = 1", added: true },
				],
			},
		} as unknown as Lead);
		return { report, asked };
	};

	test("is put to another reviewer, who hears the claim and sees the code, not how the first came to it", async () => {
		const { report, asked } = await perform(grave());
		expect(asked).toMatchObject([
			{ role: "ml-reviewer", name: "second-look", submit: "fact_check" },
		]);
		expect(asked[0]?.brief).toMatch(/It leaks.*3\t\+x = 1/s);
		expect(asked[0]?.brief).not.toContain("Because I think so");
		expect(report).toMatchObject({ findings: [], dropped: { refuted: 1 } });
	});

	test("is not put to anybody where none is grave, or it was before", async () => {
		const mild = await perform(grave({ severity: "medium" }));
		expect(mild.asked).toEqual([]);
		const { report } = mild;
		const again = await perform(grave(), { review: report });
		expect(again.asked).toEqual([]);
		expect(again.report.findings).toHaveLength(1);
	});
});

describe("the findings' gate", () => {
	test("asks while something is open, whatever was decided in an earlier review", () => {
		expect(gateOf(open, [decided("/fix F1")])).toMatchObject({
			name: "findings",
			command: "/fix all",
			choices: ["F1", "F2"],
		});
		expect(gateOf({ ...open, findings: [] })).toBeUndefined();
	});

	test("is answered by /fix: what was not named is waived by who said so", async () => {
		const report = await resolve(open, "/fix F2", "Fix F2").done;
		expect(report).toMatchObject({ fixed: ["F2"], decidedBy: "carol" });
		expect(gateOf(report as never)).toBeUndefined();
		expect(waivedFindings(run, report as never)).toMatchObject([
			{ finding: { id: "F1" }, by: "carol" },
		]);
	});

	test("knows who waived all of them with /fix none", () => {
		const after = { ...run, decisions: [decided("/fix none")] };
		expect(waivedFindings(after, open).map(({ by }) => by)).toEqual([
			"carol",
			"carol",
		]);
		expect(waivedFindings(run, open)[0]).not.toHaveProperty("by");
	});

	test("does not ask about what people settled; a dismissal is told with its reason", () => {
		const at = "2026-11-21T10:45:00Z";
		const settled = {
			...run,
			dismissals: [
				{ finding: "F1", fingerprint: "fp-F1", by: "bea", at, reason: "Meant" },
			],
			resolutions: [{ finding: "F2", fingerprint: "fp-F2", at, head: "b" }],
		};
		const about = { run: settled, before: reports };
		expect(qualityReview.gate?.(open, about)).toBeUndefined();
		expect(waivedFindings(settled, open)).toMatchObject([
			{ finding: { id: "F1" }, by: "bea", reason: "Meant" },
		]);
	});
});

describe("a remark at the gate", () => {
	test("goes to the writer, and the findings are asked about again", async () => {
		const { done, asked } = resolve(open, "/revise Name it", "Name it");
		const report = await done;
		expect(asked[0]?.brief).not.toContain('"F1"');
		expect(report).toMatchObject({
			fixed: [],
			remarks: [{ by: "carol", text: "Name the constant." }],
		});
		expect(gateOf(report as never, [decided("/revise Name it")])).toMatchObject(
			{ command: "/fix all" },
		);
	});

	test("and a later /fix share one pull request, shown once in the stack", async () => {
		const first = await resolve(open, "/revise Name it", "Name it").done;
		const { done, commits } = resolve(first as never, "/fix F1", "Fix F1");
		const report = (await done) as typeof reports.review;
		expect(commits.map(({ slug }) => slug)).toEqual(["fixes"]);
		expect(report.fix?.pull.number).toBe(first?.fix?.pull.number);
		expect(report.fix?.change).toMatchObject({
			title: "Name it",
			what: ["Name it", "Fix F1"],
		});
		const stack = stackOf({ ...reports, review: report });
		expect(stack.filter(({ phase }) => phase === 10)).toHaveLength(1);
	});
});
