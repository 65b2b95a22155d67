// What agents may hand in, one row a kind: the tool `submit_<kind>` with its schema.
import type { z } from "zod";
import { ChangeSubmission, Plan } from "./change.ts";
import { DesignReview } from "./conformity.ts";
import { DataSummary, Exploration } from "./data.ts";
import { Design } from "./designs.ts";
import { EvaluationPlan } from "./evaluation-plan.ts";
import { FactCheck } from "./fact-check.ts";
import { Review } from "./findings.ts";
import { TrainingPipeline } from "./pipeline.ts";
import { ProblemAnalysis } from "./requirements.ts";
import { Interpretation } from "./results.ts";
import { RiskAssessment } from "./risks.ts";
import type { Role } from "./workflow.ts";

export const SUBMISSIONS = {
	problem_analysis: { schema: ProblemAnalysis, roles: ["ml-explorer"] },
	exploration: { schema: Exploration, roles: ["ml-explorer"] },
	data_architecture: { schema: DataSummary, roles: ["ml-explorer"] },
	risks: { schema: RiskAssessment, roles: ["ml-explorer", "data-scientist"] },
	design: { schema: Design, roles: ["ml-architect"] },
	fact_check: {
		schema: FactCheck,
		roles: ["data-scientist", "ml-reviewer"],
	},
	training_pipeline: { schema: TrainingPipeline, roles: ["mlops-engineer"] },
	evaluation_plan: { schema: EvaluationPlan, roles: ["data-scientist"] },
	implementation_plan: {
		schema: Plan,
		roles: ["ml-engineer", "mlops-engineer"],
	},
	change: { schema: ChangeSubmission, roles: ["ml-writer"] },
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
