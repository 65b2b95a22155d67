// What agents may hand in, one row a kind: the tool `submit_<kind>` with its schema.
import type { z } from "zod";
import {
	Change,
	ImplementationPlan,
	IntegrationChange,
	ModelChange,
	TrainingChange,
	TrainingPlan,
} from "./change.ts";
import { DesignReview } from "./conformity.ts";
import { DataArchitecture, Exploration } from "./data.ts";
import { Design, FactCheck } from "./designs.ts";
import { EvaluationPlan } from "./evaluation-plan.ts";
import { Review } from "./findings.ts";
import { TrainingPipeline } from "./pipeline.ts";
import { ProblemAnalysis } from "./requirements.ts";
import { Interpretation } from "./results.ts";
import { RiskAssessment } from "./risks.ts";
import type { Role } from "./workflow.ts";

export const SUBMISSIONS = {
	problem_analysis: { schema: ProblemAnalysis, roles: ["ml-explorer"] },
	exploration: { schema: Exploration, roles: ["ml-explorer"] },
	data_architecture: { schema: DataArchitecture, roles: ["ml-explorer"] },
	risks: { schema: RiskAssessment, roles: ["ml-explorer", "data-scientist"] },
	design: { schema: Design, roles: ["ml-architect"] },
	fact_check: { schema: FactCheck, roles: ["data-scientist"] },
	training_pipeline: { schema: TrainingPipeline, roles: ["mlops-engineer"] },
	evaluation_plan: { schema: EvaluationPlan, roles: ["data-scientist"] },
	implementation_plan: {
		schema: ImplementationPlan,
		roles: ["ml-engineer"],
	},
	training_plan: { schema: TrainingPlan, roles: ["mlops-engineer"] },
	change: { schema: Change, roles: ["ml-writer"] },
	model_change: { schema: ModelChange, roles: ["ml-writer"] },
	training_change: { schema: TrainingChange, roles: ["ml-writer"] },
	integration_change: { schema: IntegrationChange, roles: ["ml-writer"] },
	design_review: {
		schema: DesignReview,
		roles: ["ml-engineer", "mlops-engineer", "ml-reviewer"],
	},
	review: { schema: Review, roles: ["ml-reviewer"] },
	interpretation: { schema: Interpretation, roles: ["data-scientist"] },
} as const satisfies Record<
	string,
	{ schema: z.ZodType; roles: readonly Role[] }
>;

export type SubmissionKind = keyof typeof SUBMISSIONS;
export type Submission<K extends SubmissionKind> = z.infer<
	(typeof SUBMISSIONS)[K]["schema"]
>;

/** The kinds that hold a change set, with items or without. */
export const CHANGE_KINDS = [
	"change",
	"model_change",
	"training_change",
	"integration_change",
] as const satisfies readonly SubmissionKind[];
export type ChangeKind = (typeof CHANGE_KINDS)[number];
