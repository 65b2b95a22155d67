import { readCommit } from "../git/commits.ts";
import { isAncestor, listRefs } from "../git/refs.ts";
import type { CommitStatus, Repository } from "../state.ts";
import type { World } from "../world.ts";
import { accountShape } from "./account.ts";
import { commitShape } from "./commit.ts";
import { repositoryApi } from "./repository.ts";

/** As a commit's statuses taken together list it: without its creator. */
export function simpleStatusShape(
	world: World,
	repository: Repository,
	{ id, sha, state, context, description, targetUrl, ...of }: CommitStatus,
): object {
	return {
		...{ id, state, context, description },
		url: `${repositoryApi(world, repository)}/statuses/${sha}`,
		avatar_url: `${world.base}/avatars/${of.creator.login}`,
		node_id: `SC_${id}`,
		target_url: targetUrl,
		created_at: of.createdAt,
		updated_at: of.createdAt,
	};
}

export const statusShape = (
	world: World,
	repository: Repository,
	status: CommitStatus,
): object => ({
	...simpleStatusShape(world, repository, status),
	creator: accountShape(world, status.creator),
});

const MOST_BRANCHES = 10;

/** Every branch that holds the commit is named with its own head, up to ten. */
export async function statusPayload(
	world: World,
	repository: Repository,
	status: CommitStatus,
): Promise<Record<string, unknown>> {
	const { directory, fullName } = repository;
	const { id, sha, state, context, description, targetUrl } = status;
	const commit = await readCommit(directory, sha);
	const branches: object[] = [];
	for (const [ref, head] of await listRefs(directory)) {
		if (!ref.startsWith("refs/heads/")) continue;
		if (!(await isAncestor(directory, sha, head))) continue;
		const url = `${repositoryApi(world, repository)}/commits/${head}`;
		branches.push({
			name: ref.slice("refs/heads/".length),
			commit: { sha: head, url },
			protected: false,
		});
	}
	return {
		...{ id, sha, state, context, description, name: fullName },
		avatar_url: `${world.base}/avatars/${status.creator.login}`,
		target_url: targetUrl,
		commit: commit && commitShape(world, repository, commit),
		branches: branches.slice(0, MOST_BRANCHES),
		created_at: status.createdAt,
		updated_at: status.createdAt,
	};
}
