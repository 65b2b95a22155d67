// Phase 11: the verdict, computed by our own code from predictions and held-out labels.
import { z } from "zod";
import { Change, PullRef, TestRun } from "./change.ts";
import { SmokeRun } from "./conformity.ts";
import { MetricName, RIVALS, TestName } from "./evaluation-plan.ts";
import { line, text } from "./fields.ts";

export const Interpretation = z
	.object({
		summary: text("What the results mean for the user, without new numbers"),
		caveats: z.array(line()).max(8).describe("Limits of this evaluation"),
		next_steps: z.object({
			hyperparameter_tuning: line("What to tune next, and how"),
			production_deployment: line("What to do before it serves"),
			monitoring: line("What to watch in production"),
			ab_testing: line("How to try it against today's practice"),
		}),
	})
	.describe("A reading of the computed results");
export type Interpretation = z.infer<typeof Interpretation>;

export const VERDICTS = ["PASS", "FAIL", "INCONCLUSIVE"] as const;

export const Interval = z.tuple([z.number(), z.number()]);

/** One sanity check of the battery. */
export const SanityCheck = z.object({
	name: z.string(),
	status: z.enum(["passed", "failed", "not applicable"]),
	detail: z.string(),
	/** It speaks of the data and its split: no code can mend it. */
	ofData: z.boolean().optional(),
});

export const EvaluationResult = z.object({
	verdict: z.enum(VERDICTS),
	/** Why, in one sentence. */
	reason: z.string(),
	/** What kept it from being judged, when INCONCLUSIVE. Only code can be mended. */
	cause: z.enum(["code", "contract", "machine"]).optional(),
	/** A MetricName, or what a script calls its own figure. */
	metric: z.string(),
	/** By the repository's own script, which nobody here has checked; absent: from predictions. */
	trust: z.literal("reported").optional(),
	/** Median over seeds on the held-out rows; absent when it could not be had. */
	value: z.number().optional(),
	/** Bootstrap interval at 1 - alpha. */
	interval: Interval.optional(),
	/** What the contract compares with; absent: the repository's existing model. */
	against: z.enum(RIVALS).optional(),
	baseline: z.number().optional(),
	difference: z.number().optional(),
	differenceInterval: Interval.optional(),
	pValue: z.number().optional(),
	/** What that p is of; absent: the paired bootstrap. */
	test: TestName.optional(),
	perSeed: z.array(z.object({ seed: z.number().int(), value: z.number() })),
	secondary: z.array(
		z.object({
			metric: MetricName,
			value: z.number(),
			baseline: z.number(),
			/** Against "no difference", Holm's over all secondary metrics. */
			pValue: z.number().optional(),
		}),
	),
	slices: z.array(
		z.object({
			column: z.string(),
			value: z.string(),
			rows: z.number().int(),
			metric: z.number(),
		}),
	),
	/** All that was scored on the held-out rows: our own baselines, the existing one, this model. */
	systems: z.array(
		z.object({
			name: z.string(),
			value: z.number(),
			interval: Interval.optional(),
		}),
	),
	checks: z.array(SanityCheck),
	/** What the training of the first seed logged, step by step. */
	curves: z
		.array(
			z.object({
				name: z.string(),
				points: z.array(z.tuple([z.number(), z.number()])),
			}),
		)
		.optional(),
	/** Runs that the repository's experiment tracking knows by these names. */
	tracked: z.array(z.string()).optional(),
	heldOutRows: z.number().int(),
	trainingRows: z.number().int(),
	dataDigest: z.string(),
	runner: z.string(),
	/** Its jobs' pages, where they ran on the repository's own runners. */
	elsewhere: z
		.array(z.object({ page: z.string(), offline: z.boolean() }))
		.optional(),
	seconds: z.number(),
});
export type EvaluationResult = z.infer<typeof EvaluationResult>;

/** One commit that mended what kept the evaluation from being technically sound. */
export const RepairRound = z.object({
	round: z.number().int(),
	/** What had failed. */
	failures: z.array(z.string()),
	/** The change's title. */
	title: z.string(),
	commit: z.string(),
	/** false: the writer's change left every line as it was. */
	changed: z.boolean(),
	/** The tests with the change. */
	tests: TestRun,
});
export type RepairRound = z.infer<typeof RepairRound>;

/** One look at the held-out labels. */
export const Scoring = z.object({ head: z.string(), contract: z.string() });
export type Scoring = z.infer<typeof Scoring>;

export const ResultsReport = z.object({
	result: EvaluationResult,
	/** The repository's own tests, at the commit that was judged. */
	tests: TestRun,
	/** Training and prediction from end to end, at that commit. */
	integration: SmokeRun,
	rounds: z.array(RepairRound),
	/** The pull request of the repairs, one commit a round. */
	repair: z
		.object({ change: Change, pull: PullRef, tests: TestRun })
		.optional(),
	/** What still fails after the last round. */
	failing: z.array(z.string()),
	/** Every commit of this run, of earlier attempts too, that was judged on the held-out rows. */
	scorings: z.array(Scoring),
	interpretation: Interpretation,
});
export type ResultsReport = z.infer<typeof ResultsReport>;

const lines = z.array(z.string());

/** Phase 12. */
export const SummaryReport = z.object({
	built: z.object({ architecture: lines, pipeline: lines, pulls: lines }),
	/** Why this approach, and which ones were not taken. */
	tradeoffs: lines,
	decisions: lines,
	/** Findings that somebody chose to leave as they are. */
	waived: lines,
	files: z.array(z.object({ path: z.string(), isNew: z.boolean() })),
	metrics: lines,
	nextSteps: z.array(z.object({ topic: z.string(), steps: lines })),
	/** Who accepted a result that is not a plain PASS, if anybody had to. */
	acceptedBy: z.string().optional(),
	/** What did not go as it should have, in words. */
	notes: lines,
	/** Path of the model card on the last pull request's branch. */
	modelCard: z.object({
		path: z.string(),
		markdown: z.string(),
		commit: z.string().optional(),
	}),
	/** The model card's own pull request, where all others are merged. */
	opened: z
		.object({ change: Change, pull: PullRef, tests: TestRun })
		.optional(),
});
export type SummaryReport = z.infer<typeof SummaryReport>;
