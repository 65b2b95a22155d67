// Whether a run is the one that was asked for. Whoever may write to a repository
// may start its workflows too, and have them run again.
import type { AppIdentity } from "../../../github/app-client.ts";
import type { StartedJob } from "../../../github/start-job.ts";
import type { WorkflowRun } from "../../../github/workflow-runs.ts";
import { isNamed } from "../../../github/workflow-runs.ts";
import { WORKFLOW_PATH } from "../../../views/onboarding/workflow.ts";

export interface Asked {
	readonly job: StartedJob;
	readonly us: Pick<AppIdentity, "login">;
	readonly repositoryId: number;
	/** The branch went on while the job was started, and the workflow stayed. */
	readonly isSameWorkflow: boolean;
}

/** What about it is not as it was asked for, in words; empty when it is the one. */
export function strangeAbout(
	run: WorkflowRun,
	{ job, us, repositoryId, isSameWorkflow }: Asked,
): string[] {
	const others = run.actors.filter((login) => login !== us.login);
	const checks: [boolean, string][] = [
		[run.id === job.run, `its number is ${run.id}, not ${job.run}`],
		[isNamed(run.title, job.nonce), "its name does not end in the job's nonce"],
		[run.path === WORKFLOW_PATH, `it is of ${run.path}, not ${WORKFLOW_PATH}`],
		[
			run.event === "workflow_dispatch",
			`it was caused by ${run.event}, not workflow_dispatch`,
		],
		[
			run.head.branch === job.head.branch,
			`it took the workflow from ${run.head.branch}, not ${job.head.branch}`,
		],
		[
			isSameWorkflow,
			`${WORKFLOW_PATH} may have changed while it was started (${run.head.sha.slice(0, 10)}, not ${job.head.sha.slice(0, 10)})`,
		],
		[run.repositoryId === repositoryId, "it is of another repository"],
		[others.length === 0, `it was started by ${others[0]}, not ${us.login}`],
		[run.attempt === 1, `it was run again (attempt ${run.attempt})`],
	];
	return checks.filter(([isRight]) => !isRight).map(([, words]) => words);
}
