// Runs of our workflow in the repository, as GitHub tells of them.
import { RUN_NAME, WORKFLOW_FILE } from "../views/onboarding/workflow.ts";
import type { RepositoryClient } from "./app-client.ts";
import { statusOf } from "./fault.ts";

export interface WorkflowRun {
	readonly id: number;
	/** For people: what it prints is shown there. */
	readonly page: string;
	readonly title: string;
	readonly status: string;
	readonly conclusion: string;
	readonly event: string;
	/** Of the workflow's file, without the branch that some hosts add. */
	readonly path: string;
	readonly head: { readonly branch: string; readonly sha: string };
	/** The logins of who began it, and of who began it anew if anybody did. */
	readonly actors: readonly string[];
	/** Above 1: somebody had it run again. */
	readonly attempt: number;
	readonly repositoryId: number;
	readonly createdAt: string;
}

export async function readWorkflowRun(
	{ octokit, at }: RepositoryClient,
	id: number,
): Promise<WorkflowRun> {
	const { data } = await octokit.rest.actions.getWorkflowRun({
		...at,
		run_id: id,
		exclude_pull_requests: true,
	});
	return shape(data);
}

/** Of all that carry the nonce, the oldest first: a dispatch may have been taken twice. */
export async function findWorkflowRuns(
	{ octokit, at }: RepositoryClient,
	nonce: string,
	since: string,
): Promise<WorkflowRun[]> {
	const runs = await octokit.paginate(
		octokit.rest.actions.listWorkflowRuns,
		{
			...{ ...at, workflow_id: WORKFLOW_FILE, event: "workflow_dispatch" },
			...{ exclude_pull_requests: true, per_page: 100 },
		},
		({ data }, done) => {
			// The newest come first.
			if (data.some(({ created_at: made }) => made < since)) done();
			return data.map(shape);
		},
	);
	return runs
		.filter(({ title }) => isNamed(title, nonce))
		.sort((one, other) => one.id - other.id);
}

export const isNamed = (title: string, nonce: string): boolean =>
	title.startsWith(`${RUN_NAME} `) && title.endsWith(` ${nonce}`);

/** "active", or how it was switched off; undefined where the default branch has none. */
export async function workflowState({
	octokit,
	at,
}: RepositoryClient): Promise<string | undefined> {
	try {
		const { data } = await octokit.rest.actions.getWorkflow({
			...at,
			workflow_id: WORKFLOW_FILE,
		});
		return data.state;
	} catch (error) {
		if (statusOf(error) === 404) return undefined;
		throw error;
	}
}

/** 409: it has ended already. */
export async function cancelRun(
	{ octokit, at }: RepositoryClient,
	id: number,
): Promise<void> {
	try {
		await octokit.rest.actions.cancelWorkflowRun({ ...at, run_id: id });
	} catch (error) {
		if (statusOf(error) !== 409 && statusOf(error) !== 404) throw error;
	}
}

type Told = Awaited<
	ReturnType<RepositoryClient["octokit"]["rest"]["actions"]["getWorkflowRun"]>
>["data"];

const shape = (run: Told): WorkflowRun => ({
	...{ id: run.id, page: run.html_url, title: run.display_title },
	...{ status: run.status ?? "", conclusion: run.conclusion ?? "" },
	event: run.event,
	path: run.path.split("@", 1)[0] ?? "",
	head: { branch: run.head_branch ?? "", sha: run.head_sha },
	actors: [run.actor?.login ?? "", run.triggering_actor?.login ?? ""],
	attempt: run.run_attempt ?? 1,
	repositoryId: run.repository.id,
	createdAt: run.created_at,
});
