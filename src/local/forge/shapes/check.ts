import type { Annotation, CheckRun, Repository } from "../state.ts";
import type { World } from "../world.ts";
import { appShape } from "./account.ts";
import { repositoryApi, repositoryPage } from "./repository.ts";

/** One suite for each commit: its number is read off the sha. */
export function suiteId(headSha: string): number {
	return Number.parseInt(headSha.slice(0, 10), 16);
}

/** The open pull requests whose head is the checked commit. */
function pullsAt(
	world: World,
	repository: Repository,
	headSha: string,
): object[] {
	const repo = {
		id: repository.id,
		url: repositoryApi(world, repository),
		name: repository.name,
	};
	return [...repository.issues.values()].flatMap(({ number, state, pull }) =>
		pull && state === "open" && pull.headSha === headSha
			? [
					{
						id: pull.id,
						number,
						url: `${repo.url}/pulls/${number}`,
						head: { ref: pull.head, sha: pull.headSha, repo },
						base: { ref: pull.base, sha: pull.baseSha, repo },
					},
				]
			: [],
	);
}

export function checkShape(
	world: World,
	repository: Repository,
	run: CheckRun,
): object {
	const url = `${repositoryApi(world, repository)}/check-runs/${run.id}`;
	const html = `${repositoryPage(world, repository)}/runs/${run.id}`;
	return {
		id: run.id,
		node_id: `CR_${run.id}`,
		head_sha: run.headSha,
		external_id: run.externalId ?? "",
		url,
		html_url: html,
		details_url: run.detailsUrl ?? html,
		status: run.status,
		conclusion: run.conclusion,
		started_at: run.startedAt,
		completed_at: run.completedAt,
		output: {
			...run.output,
			annotations_count: run.annotations.length,
			annotations_url: `${url}/annotations`,
		},
		name: run.name,
		check_suite: { id: suiteId(run.headSha) },
		app: { ...appShape(world), ...appPage(world, run.app) },
		pull_requests: pullsAt(world, repository, run.headSha),
	};
}

/** How another App differs from ours, as far as anybody looks. */
const appPage = (world: World, app: CheckRun["app"]): object =>
	app
		? {
				...app,
				node_id: `A_${app.id}`,
				client_id: `Iv1.${app.id}`,
				html_url: `${world.base}/apps/${app.slug}`,
			}
		: {};

/** Webhooks tell more of the suite than the API does. */
export function checkPayload(
	world: World,
	repository: Repository,
	run: CheckRun,
): object {
	const shape = checkShape(world, repository, run);
	const pulls = pullsAt(world, repository, run.headSha);
	const branch = [...repository.issues.values()].find(
		({ pull }) => pull?.headSha === run.headSha,
	)?.pull?.head;
	return {
		...shape,
		check_suite: {
			id: suiteId(run.headSha),
			node_id: `CS_${suiteId(run.headSha)}`,
			head_branch: branch ?? null,
			head_sha: run.headSha,
			status: run.status,
			conclusion: run.conclusion,
			app: { ...appShape(world), ...appPage(world, run.app) },
			pull_requests: pulls,
		},
	};
}

export function annotationShape(
	world: World,
	repository: Repository,
	run: CheckRun,
	annotation: Annotation,
): object {
	const page = repositoryPage(world, repository);
	return {
		...annotation,
		blob_href: `${page}/blob/${run.headSha}/${encodeURI(annotation.path)}`,
	};
}
