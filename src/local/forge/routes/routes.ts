import type { Handler } from "../call.ts";
import type { OperationId } from "../operations.ts";
import { appRoutes } from "./apps.ts";
import { checkRoutes } from "./checks.ts";
import { commentRoutes } from "./comments.ts";
import { commitRoutes } from "./commits.ts";
import { contentRoutes } from "./contents.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { gitRoutes } from "./git.ts";
import { issueRoutes } from "./issues.ts";
import { jobRoutes } from "./jobs.ts";
import { labelRoutes } from "./labels.ts";
import { mergeRoutes } from "./merge.ts";
import { metaRoutes } from "./meta.ts";
import { pullRoutes } from "./pulls.ts";
import { reactionRoutes } from "./reactions.ts";
import { refRoutes } from "./refs.ts";
import { repositoryRoutes } from "./repositories.ts";
import { reviewCommentRoutes } from "./review-comments.ts";
import { reviewRoutes } from "./reviews.ts";
import { statusRoutes } from "./statuses.ts";
import { workflowRoutes } from "./workflows.ts";

/** One handler for each operation of the contract; a missing one does not compile. */
export const routes: Record<OperationId, Handler> = {
	...metaRoutes,
	...appRoutes,
	...deliveryRoutes,
	...repositoryRoutes,
	...contentRoutes,
	...commitRoutes,
	...refRoutes,
	...gitRoutes,
	...issueRoutes,
	...labelRoutes,
	...commentRoutes,
	...reactionRoutes,
	...pullRoutes,
	...mergeRoutes,
	...reviewRoutes,
	...reviewCommentRoutes,
	...checkRoutes,
	...statusRoutes,
	...jobRoutes,
	...workflowRoutes,
};
