// Phases 3 to 6: who is asked for what, side by side or one after the other, and
// what code makes of the answers.
import { describe, expect, test } from "vitest";
import type { Assignment } from "../../src/agents/assignment.ts";
import { riskAssessment } from "../../src/phases/03-risk-assessment.ts";
import { modelArchitecture } from "../../src/phases/04-model-architecture.ts";
import { trainingPipeline } from "../../src/phases/05-training-pipeline.ts";
import { evaluationStrategy } from "../../src/phases/06-evaluation-strategy.ts";
import type { Lead } from "../../src/phases/phase.ts";
import { APPROACHES } from "../../src/reports/workflow.ts";
import { reports, run } from "../views/samples.ts";

/** A lead whose agents hand in what `answer` says; who was asked together stands in one list. */
function leadThat(answer: (task: Assignment) => unknown) {
	const asked: Assignment[][] = [];
	const lead = {
		...{ run, before: reports },
		agents: {
			async one(task: Assignment) {
				asked.push([task]);
				return answer(task);
			},
			async inParallel(...tasks: Assignment[]) {
				asked.push(tasks);
				return tasks.map(answer);
			},
		},
		code: {
			checked: async () => ({ hits: [], suppressed: [], skipped: [] }),
			profiles: async () => [],
		},
		lab: { forecast: async () => ({ faults: [], heldOutRows: 400 }) },
		forecast: async () => undefined,
	};
	return { lead: lead as unknown as Lead, asked };
}

const briefs = (tasks: readonly Assignment[] = []) =>
	tasks.map(({ brief }) => brief).join("\n");

describe("phase 3", () => {
	const risk = {
		title: "Region is encoded on all rows",
		class: "data leakage",
		severity: "critical",
		path: "churn/a.py",
		line: 3,
		mitigation: "Encode in the fold",
		design_demand: "Encode inside each fold",
	};
	const { lead, asked } = leadThat(() => ({
		summary: "Looked.",
		risks: [risk],
	}));

	test("has an explorer look for leaks and shifts while a data scientist judges the data", async () => {
		await riskAssessment.perform(lead);
		const [[explorer, scientist] = []] = asked;
		expect(explorer?.role).toBe("ml-explorer");
		for (const subject of ["label", "future", "before the split", "group"])
			expect(explorer?.brief).toContain(subject);
		expect(scientist?.role).toBe("data-scientist");
		for (const subject of ["missing", "outliers", "imbalance", "correlated"])
			expect(scientist?.brief).toContain(subject);
	});

	test("registers each risk with class, evidence, mitigation and what the design must do", async () => {
		const { risks } = await riskAssessment.perform(lead);
		expect(risks.find(({ path }) => path === "churn/a.py")).toMatchObject({
			id: "R1",
			class: "data leakage",
			line: 3,
			mitigation: "Encode in the fold",
			designDemand: "Encode inside each fold",
		});
		expect(
			riskAssessment.register?.({ risks, summaries: [] }).risks?.[0],
		).toMatchObject({ id: "R1", severity: "critical" });
	});
});

describe("phase 4", () => {
	const [sample] = reports.architecture.designs;
	const { lead, asked } = leadThat(({ submit }) =>
		submit === "design"
			? sample
			: {
					verdicts: APPROACHES.map((about) => ({
						...{ about, verdict: about === "pragmatic" ? "refuted" : "unsure" },
						...{ confidence: 90, remark: "Looked." },
					})),
				},
	);

	test("has three architects design side by side, and a data scientist check their claims", async () => {
		const { designs } = await modelArchitecture.perform(lead);
		const [architects = [], checkers] = asked;
		expect(architects.map(({ role }) => role)).toEqual(
			Array(3).fill("ml-architect"),
		);
		for (const approach of APPROACHES)
			expect(briefs(architects)).toContain(`**${approach}**`);
		expect(checkers?.[0]?.role).toBe("data-scientist");
		// Whatever an architect calls its design, it is the one it was asked for.
		expect(designs.map(({ approach }) => approach)).toEqual([...APPROACHES]);
	});

	test("recommends one of them with reasons", async () => {
		const report = await modelArchitecture.perform(lead);
		expect(APPROACHES).toContain(report.recommended);
		expect(report.reasons.length).toBeGreaterThan(0);
		expect(report.factCheck.verdicts.map(({ sound }) => sound)).toEqual([
			...[true, true, false],
		]);
	});
});

describe("phases 5 and 6", () => {
	test("have the pipeline designed for the approach in force", async () => {
		const { lead, asked } = leadThat(() => reports.pipeline.pipeline);
		await trainingPipeline.perform({
			...lead,
			run: { ...run, choice: "baseline" },
		});
		expect(asked[0]?.[0]).toMatchObject({ role: "mlops-engineer" });
		for (const subject of [
			"**baseline**",
			"tracking",
			"batching",
			"distribution",
			"checkpoints",
			"hyper-parameters",
			"resources",
			"orchestration",
		])
			expect(briefs(asked[0])).toContain(subject);
	});

	test("have the evaluation planned before anything is built, with a forecast by code", async () => {
		const { lead, asked } = leadThat(() => reports.evaluationPlan.plan);
		const report = await evaluationStrategy.perform(lead);
		expect(asked[0]?.[0]).toMatchObject({ role: "data-scientist" });
		for (const subject of ["primary metric", "secondary", "monitoring", "A/B"])
			expect(briefs(asked[0])).toContain(subject);
		expect(report).toMatchObject({
			heldOutRows: 400,
			forecast: { pullRequests: 3 },
		});
	});

	test("tell what else a contract takes only where people speak of it", async () => {
		const brief = async (text: string) => {
			const { lead, asked } = leadThat(() => reports.evaluationPlan.plan);
			const notes = [{ phase: 6, by: "ada", text }];
			await evaluationStrategy.perform({ ...lead, run: { ...run, notes } });
			return briefs(asked[0]);
		};
		const told = await brief("Use McNemar's test on the accuracy.");
		for (const name of ["McNemar", "Diebold-Mariano", "embargo", "recall"])
			expect(told).toContain(name);
		expect(told).not.toContain("roc_auc");
		expect(await brief("Hold out a third.")).not.toContain("McNemar");
	});
});
