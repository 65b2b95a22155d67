// The report of each phase, by the name later phases know it by.
import type { z } from "zod";
import { ImplementationReport } from "./change.ts";
import { DataReport } from "./data.ts";
import { ArchitectureReport } from "./designs.ts";
import { EvaluationPlanReport } from "./evaluation-plan.ts";
import { ReviewReport } from "./findings.ts";
import { PipelineReport } from "./pipeline.ts";
import { RequirementsReport } from "./requirements.ts";
import { ResultsReport, SummaryReport } from "./results.ts";
import { RiskReport } from "./risks.ts";

/** In the order of the phases: the first key is phase 1's report. */
export const REPORTS = {
	requirements: RequirementsReport,
	data: DataReport,
	risks: RiskReport,
	architecture: ArchitectureReport,
	pipeline: PipelineReport,
	evaluationPlan: EvaluationPlanReport,
	model: ImplementationReport,
	training: ImplementationReport,
	integration: ImplementationReport,
	review: ReviewReport,
	results: ResultsReport,
	summary: SummaryReport,
} as const satisfies Record<string, z.ZodType>;

export type ReportName = keyof typeof REPORTS;
export type Reports = { [N in ReportName]: z.infer<(typeof REPORTS)[N]> };

export const REPORT_NAMES = Object.keys(REPORTS) as ReportName[];

/** The name of the report that phase `number` (1 to 12) makes. */
export function reportNameOf(number: number): ReportName {
	const name = REPORT_NAMES[number - 1];
	if (!name) throw new RangeError(`there is no phase ${number}`);
	return name;
}
