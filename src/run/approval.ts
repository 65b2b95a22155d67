// What an approval is bound to: reports 4 to 6 with the contract, the issue, the
// configuration, the data.
import type { EvaluationPlanReport } from "../reports/evaluation-plan.ts";
import type { Reports } from "../reports/reports.ts";
import { approachInForce } from "./choice.ts";
import { digestOf } from "./digest.ts";
import type { Run } from "./run.ts";

/** sha256 over everything that, if it changed, would be another design. */
export function approvalDigest(
	run: Run,
	before: Pick<Reports, "architecture" | "pipeline">,
	evaluation: EvaluationPlanReport,
): string {
	// The forecast is an estimate of cost, not part of what is built.
	const { forecast: _, ...plan } = evaluation;
	return digestOf({
		architecture: before.architecture,
		pipeline: before.pipeline,
		evaluation: plan,
		choice: approachInForce(run, before.architecture),
		issue: { title: run.issue.title, body: run.issue.body },
		config: run.config,
		notes: run.notes.map(({ text, question }) => ({ text, question })),
		changes: run.changes.map(({ what, difference }) => ({ what, difference })),
	});
}
