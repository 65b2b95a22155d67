import type { Artifact } from "../ci-state.ts";
import type { Repository, WorkflowRun } from "../state.ts";
import type { World } from "../world.ts";
import { accountShape } from "./account.ts";
import { suiteId } from "./check.ts";
import {
	repositoryApi,
	repositoryPage,
	repositoryShape,
} from "./repository.ts";

export function workflowShape(
	world: World,
	repository: Repository,
	{ id, name, path }: WorkflowRun["workflow"],
): object {
	const page = repositoryPage(world, repository);
	return {
		...{ id, name, path, node_id: `W_${id}`, state: "active" },
		created_at: repository.createdAt,
		updated_at: repository.createdAt,
		url: `${repositoryApi(world, repository)}/actions/workflows/${id}`,
		html_url: `${page}/blob/${repository.defaultBranch}/${path}`,
		badge_url: `${page}/workflows/${encodeURIComponent(name)}/badge.svg`,
	};
}

const NOBODY = "noreply@github.com";

export function runShape(
	world: World,
	repository: Repository,
	run: WorkflowRun,
): object {
	const api = `${repositoryApi(world, repository)}/actions`;
	const url = `${api}/runs/${run.id}`;
	const place = repositoryShape(world, repository);
	return {
		id: run.id,
		node_id: `WFR_${run.id}`,
		name: run.workflow.name,
		display_title: run.title,
		path: run.workflow.path,
		workflow_id: run.workflow.id,
		workflow_url: `${api}/workflows/${run.workflow.id}`,
		event: run.event,
		status: run.status,
		conclusion: run.conclusion,
		head_branch: run.headBranch,
		head_sha: run.headSha,
		run_number: run.id,
		run_attempt: run.attempt,
		check_suite_id: suiteId(run.headSha),
		url,
		html_url: `${repositoryPage(world, repository)}/actions/runs/${run.id}`,
		jobs_url: `${url}/jobs`,
		logs_url: `${url}/logs`,
		artifacts_url: `${url}/artifacts`,
		cancel_url: `${url}/cancel`,
		rerun_url: `${url}/rerun`,
		check_suite_url: `${repositoryApi(world, repository)}/check-suites/${suiteId(run.headSha)}`,
		created_at: run.createdAt,
		updated_at: run.updatedAt,
		run_started_at: run.createdAt,
		actor: accountShape(world, run.actor),
		triggering_actor: accountShape(world, run.actor),
		pull_requests: [],
		head_commit: {
			...{ id: run.headSha, tree_id: run.headSha, message: "" },
			timestamp: run.createdAt,
			author: { name: run.actor.login, email: NOBODY },
			committer: { name: run.actor.login, email: NOBODY },
		},
		repository: place,
		head_repository: place,
	};
}

export function artifactShape(
	world: World,
	repository: Repository,
	run: WorkflowRun,
	{ id, name, zip, digest, createdAt }: Artifact,
): object {
	const url = `${repositoryApi(world, repository)}/actions/artifacts/${id}`;
	return {
		...{ id, name, digest, url, node_id: `A_${id}` },
		size_in_bytes: zip.length,
		archive_download_url: `${url}/zip`,
		expired: false,
		created_at: createdAt,
		updated_at: createdAt,
		expires_at: null,
		workflow_run: {
			id: run.id,
			repository_id: repository.id,
			head_repository_id: repository.id,
			head_branch: run.headBranch,
			head_sha: run.headSha,
		},
	};
}
