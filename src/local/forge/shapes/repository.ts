import type { Account, Repository } from "../state.ts";
import { apiBase, type World } from "../world.ts";
import { accountShape } from "./account.ts";

export function repositoryApi(world: World, repository: Repository): string {
	return `${apiBase(world)}/repos/${repository.fullName}`;
}

export function repositoryPage(world: World, repository: Repository): string {
	return `${world.base}/${repository.fullName}`;
}

export function repositoryShape(world: World, repository: Repository): object {
	const api = repositoryApi(world, repository);
	const page = repositoryPage(world, repository);
	const open = [...repository.issues.values()].filter(
		({ state }) => state === "open",
	).length;
	return {
		id: repository.id,
		node_id: `R_${repository.id}`,
		name: repository.name,
		full_name: repository.fullName,
		private: repository.private,
		visibility: repository.private ? "private" : "public",
		owner: accountShape(world, repository.owner),
		html_url: page,
		description: null,
		fork: false,
		url: api,
		default_branch: repository.defaultBranch,
		master_branch: repository.defaultBranch,
		clone_url: `${page}.git`,
		git_url: `${page}.git`,
		created_at: repository.createdAt,
		updated_at: repository.pushedAt,
		pushed_at: repository.pushedAt,
		has_issues: true,
		open_issues: open,
		open_issues_count: open,
		allow_merge_commit: true,
		allow_squash_merge: true,
		allow_rebase_merge: true,
		...templates(api),
	};
}

function templates(api: string): Record<string, string> {
	return {
		blobs_url: `${api}/git/blobs{/sha}`,
		branches_url: `${api}/branches{/branch}`,
		collaborators_url: `${api}/collaborators{/collaborator}`,
		comments_url: `${api}/comments{/number}`,
		commits_url: `${api}/commits{/sha}`,
		compare_url: `${api}/compare/{base}...{head}`,
		contents_url: `${api}/contents/{+path}`,
		git_commits_url: `${api}/git/commits{/sha}`,
		git_refs_url: `${api}/git/refs{/sha}`,
		git_tags_url: `${api}/git/tags{/sha}`,
		issue_comment_url: `${api}/issues/comments{/number}`,
		issues_url: `${api}/issues{/number}`,
		labels_url: `${api}/labels{/name}`,
		pulls_url: `${api}/pulls{/number}`,
		statuses_url: `${api}/statuses/{sha}`,
		trees_url: `${api}/git/trees{/sha}`,
	};
}

/** How close the author stands to the repository, in GitHub's words. */
export function association(repository: Repository, author: Account): string {
	if (author.id === repository.owner.id) return "OWNER";
	const role = repository.roles.get(author.login.toLowerCase()) ?? "none";
	return role === "none" ? "NONE" : "COLLABORATOR";
}
