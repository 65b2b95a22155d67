// Phase 11: the verdict, computed by our own code from predictions and held-out labels.
import { z } from "zod";
import { TestRun } from "./change.ts";
import { MetricName } from "./evaluation-plan.ts";
import { line, text } from "./fields.ts";

export const Interpretation = z
	.strictObject({
		summary: text("What the results mean for the user, without new numbers"),
		caveats: z.array(line("A limit of this evaluation")).max(8),
		next_steps: z
			.array(line("A next step: tuning, deployment, monitoring, A/B test"))
			.min(1)
			.max(8),
	})
	.describe("A data scientist's reading of the computed results");
export type Interpretation = z.infer<typeof Interpretation>;

export const VERDICTS = ["PASS", "FAIL", "INCONCLUSIVE"] as const;

export const Interval = z.tuple([z.number(), z.number()]);

/** One sanity check of the battery. */
export const SanityCheck = z.object({
	name: z.string(),
	status: z.enum(["passed", "failed", "not applicable"]),
	detail: z.string(),
});

export const EvaluationResult = z.object({
	verdict: z.enum(VERDICTS),
	/** Why, in one sentence. */
	reason: z.string(),
	metric: MetricName,
	/** Median over seeds on the held-out rows; absent when INCONCLUSIVE. */
	value: z.number().optional(),
	/** Percentile bootstrap interval at 1 - alpha. */
	interval: Interval.optional(),
	baseline: z.number().optional(),
	difference: z.number().optional(),
	differenceInterval: Interval.optional(),
	pValue: z.number().optional(),
	perSeed: z.array(z.object({ seed: z.number().int(), value: z.number() })),
	secondary: z.array(
		z.object({ metric: MetricName, value: z.number(), baseline: z.number() }),
	),
	slices: z.array(
		z.object({
			column: z.string(),
			value: z.string(),
			rows: z.number().int(),
			metric: z.number(),
		}),
	),
	/** Named systems for the chart: dummy, existing baseline, this model. */
	systems: z.array(z.object({ name: z.string(), value: z.number() })),
	checks: z.array(SanityCheck),
	heldOutRows: z.number().int(),
	trainingRows: z.number().int(),
	dataDigest: z.string(),
	runner: z.string(),
	seconds: z.number(),
});
export type EvaluationResult = z.infer<typeof EvaluationResult>;

export const ResultsReport = z.object({
	result: EvaluationResult,
	tests: TestRun,
	interpretation: Interpretation,
	/** Who accepted a result that is not a PASS, if anybody had to. */
	acceptedBy: z.string().optional(),
});
export type ResultsReport = z.infer<typeof ResultsReport>;

/** Phase 12. */
export const SummaryReport = z.object({
	built: z.array(z.string()),
	decisions: z.array(z.string()),
	files: z.array(z.string()),
	metrics: z.array(z.string()),
	nextSteps: z.array(z.string()),
	/** What did not go as it should have, in words. */
	notes: z.array(z.string()),
	/** Path of the model card on the last pull request's branch. */
	modelCard: z.object({
		path: z.string(),
		markdown: z.string(),
		commit: z.string().optional(),
	}),
});
export type SummaryReport = z.infer<typeof SummaryReport>;
