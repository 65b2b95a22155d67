// The workflow: twelve phases, in order.
import { problemAnalysis } from "./01-problem-analysis.ts";
import { dataArchitecture } from "./02-data-architecture.ts";
import { riskAssessment } from "./03-risk-assessment.ts";
import { modelArchitecture } from "./04-model-architecture.ts";
import { trainingPipeline } from "./05-training-pipeline.ts";
import { evaluationStrategy } from "./06-evaluation-strategy.ts";
import { modelImplementation } from "./07-model-implementation.ts";
import { trainingInfrastructure } from "./08-training-infrastructure.ts";
import { integration } from "./09-integration.ts";
import { qualityReview } from "./10-quality-review.ts";
import { evaluationExecution } from "./11-evaluation-execution.ts";
import { summary } from "./12-summary.ts";
import type { Phase } from "./phase.ts";

export const PHASES = [
	problemAnalysis,
	dataArchitecture,
	riskAssessment,
	modelArchitecture,
	trainingPipeline,
	evaluationStrategy,
	modelImplementation,
	trainingInfrastructure,
	integration,
	qualityReview,
	evaluationExecution,
	summary,
] as unknown as readonly Phase[];
