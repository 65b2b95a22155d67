// Phase 3: what can go wrong.
import { z } from "zod";
import { existingPath, line, lineNumber, text } from "./fields.ts";
import { RiskClass, Severity } from "./workflow.ts";

export const RiskAssessment = z
	.object({
		summary: text(),
		risks: z
			.array(
				z.object({
					title: line(),
					class: RiskClass,
					severity: Severity,
					path: existingPath(),
					line: lineNumber(),
					mitigation: line(),
					design_demand: line("What the design must therefore do"),
				}),
			)
			.max(12),
	})
	.describe("ML risks, each with evidence in the repository");
export type RiskAssessment = z.infer<typeof RiskAssessment>;

export const Risk = z.object({
	/** R1, R2, … by severity. */
	id: z.string(),
	title: z.string(),
	class: RiskClass,
	severity: Severity,
	/** "LEAK02" where a rule found it, "data profile", or the role that named it. */
	source: z.string(),
	/** Of a rule: where its confidence comes from. */
	tier: z.string().optional(),
	path: z.string().optional(),
	line: z.number().int().optional(),
	mitigation: z.string(),
	designDemand: z.string(),
});
export type Risk = z.infer<typeof Risk>;

export const RiskReport = z.object({
	risks: z.array(Risk),
	summaries: z.array(z.string()),
});
export type RiskReport = z.infer<typeof RiskReport>;
