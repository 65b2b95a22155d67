// Phase 6: the pre-registration. What is decided here is judged by code in phase 11.
import { z } from "zod";
import { existingPath, line, text } from "./fields.ts";

/** What agents choose from. */
export const OFFERED = [
	"pr_auc",
	"roc_auc",
	"accuracy",
	"f1",
	"log_loss",
	"brier",
	"mae",
	"rmse",
	"r2",
] as const;
export const METRICS = [
	...OFFERED,
	"balanced_accuracy",
	"mcc",
	"precision",
	"recall",
	"smape",
	"mase",
	"pinball",
] as const;
export const MetricName = z.enum(METRICS).meta({ offered: OFFERED });
export type MetricName = z.infer<typeof MetricName>;

export const TESTS = [
	"paired bootstrap",
	"McNemar",
	"Diebold-Mariano",
] as const;
export const TestName = z.enum(TESTS);
export type TestName = z.infer<typeof TestName>;

/** What a model can be asked to beat; all but the first are computed by our own code. */
export const RIVALS = [
	"existing model",
	"dummy",
	"naive",
	"seasonal naive",
	"linear",
] as const;
export type RivalName = (typeof RIVALS)[number];

const BY_HAND = { byHand: true };

const column = (what: string) => z.string().min(1).describe(what);

/**
 * The evaluation contract, version 1. What is `byHand` is left out of what
 * agents are offered, and absent unless a person asked for it: a contract
 * without it reads, and is digested, as ever.
 */
export const EvaluationContract = z
	.object({
		/** Of these fields and what they mean; absent: 1. */
		version: z.literal(1).optional().meta(BY_HAND),
		task: z.enum([
			"binary classification",
			"multiclass classification",
			"regression",
		]),
		data: existingPath("EXISTING csv file with a header: features and label"),
		label: column("Label column"),
		positive: column(
			"The label's positive value; 'none': regression, or all classes judged",
		),
		id: column("Unique per row"),
		/** Where the labels of the held-out rows are; absent: in the repository. */
		labels: z.enum(["repository", "operator"]).optional().meta(BY_HAND),
		/** What code of ours cannot judge: the repository's own script says one figure. */
		reported: z
			.object({
				script: existingPath(),
				metric: z.string().regex(/^[\w@ .-]{1,40}$/),
				higher_is_better: z.boolean(),
			})
			.optional()
			.meta(BY_HAND),
		/** Columns that neither training nor prediction gets to see. */
		leave_out: z.array(z.string().min(1)).max(100).optional().meta(BY_HAND),
		split: z.object({
			kind: z.enum(["random", "stratified", "group", "time"]),
			group: column(
				"Column whose equal values stay on one side, or to sort by (time); else 'none'",
			),
			held_out: z.number().min(0.05).max(0.5).describe("Share held out"),
			/** Times left out between training and what is held out, of kind time. */
			embargo: z.number().int().min(0).max(10_000).optional().meta(BY_HAND),
		}),
		seeds: z
			.array(z.number().int().min(0).max(1_000_000))
			.min(3)
			.max(5)
			.describe("Different seeds"),
		primary: z.object({
			metric: MetricName,
			minimum_delta: z
				.number()
				.min(0)
				.max(1_000_000)
				.describe("Least improvement over the baseline that counts"),
			/** What it is compared with; absent: the repository's existing model. */
			against: z.enum(RIVALS).optional().meta(BY_HAND),
			/** What its interval has to reach, whatever it is compared with. */
			threshold: z.number().optional().meta(BY_HAND),
		}),
		/** Of a split by time: how many times make a season, and the column of the series. */
		season: z.number().int().min(2).max(10_000).optional().meta(BY_HAND),
		series: z.string().min(1).optional().meta(BY_HAND),
		/** Which quantile of the label is predicted, for the pinball loss. */
		quantile: z.number().min(0.01).max(0.99).optional().meta(BY_HAND),
		test: TestName.optional().meta(BY_HAND),
		secondary: z.array(MetricName).max(5),
		alpha: z.number().min(0.001).max(0.2).describe("Usually 0.05"),
		slices: z.array(z.string().min(1)).max(5).describe("Columns"),
	})
	.describe("How success is decided, fixed before anything is built");
export type EvaluationContract = z.infer<typeof EvaluationContract>;

/** Every class with a probability of its own, instead of one against the rest. */
export const judgesAllClasses = ({
	task,
	positive,
}: Pick<EvaluationContract, "task" | "positive">): boolean =>
	task === "multiclass classification" && positive === "none";

export const rivalOf = ({
	primary,
}: Pick<EvaluationContract, "primary">): RivalName =>
	primary.against ?? "existing model";

export const EvaluationPlan = z
	.object({
		summary: text(),
		contract: EvaluationContract,
		validation: line("Holdout, cross-validation or walk-forward, and why"),
		significance: line(),
		baselines: z.array(line()).min(1).max(5),
		monitoring: z
			.array(line())
			.min(1)
			.max(8)
			.describe("What to monitor in production"),
		ab_test: line(),
	})
	.describe("The evaluation strategy with the contract that decides it");
export type EvaluationPlan = z.infer<typeof EvaluationPlan>;

export const Pins = z.object({
	labels: z.string().optional(),
	script: z.string().optional(),
});
/** Digests as they were when the contract was approved. */
export type Pins = z.infer<typeof Pins>;

export const EvaluationPlanReport = z.object({
	plan: EvaluationPlan,
	/** sha256 of the data file's bytes; absent when the file could not be read. */
	dataDigest: z.string().optional(),
	/** The same of what the contract rests on besides: the operator's labels, the reporting script. */
	pins: Pins.optional(),
	/** Why the contract cannot be judged on this data; empty when it can. */
	faults: z.array(z.string()),
	/** Smallest difference of the primary metric this much data can show, if known. */
	minimumDetectableEffect: z.number().optional(),
	heldOutRows: z.number().int().optional(),
	/** What phases 7 to 11 are expected to take. */
	forecast: z.object({
		minutes: z.number(),
		usdLow: z.number(),
		usdHigh: z.number(),
		pullRequests: z.number().int(),
		/** What the cost was reckoned from, and what it is per agent or in the median. */
		basis: z
			.discriminatedUnion("from", [
				z.object({
					from: z.literal("this run"),
					agents: z.number().int(),
					usd: z.number(),
				}),
				z.object({
					from: z.literal("earlier runs"),
					runs: z.number().int(),
					usd: z.number(),
				}),
			])
			.optional(),
		/** Of the budget, when it was reckoned. */
		leftUsd: z.number().optional(),
	}),
});
export type EvaluationPlanReport = z.infer<typeof EvaluationPlanReport>;
