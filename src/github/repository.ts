// The repository itself: its facts, and where its branches stand.
import type { RepositoryClient } from "./app-client.ts";
import { statusOf } from "./fault.ts";

export interface RepositoryFacts {
	readonly id: number;
	readonly owner: string;
	readonly name: string;
	readonly ownedBy: "person" | "organisation";
	readonly private: boolean;
	readonly archived: boolean;
	readonly defaultBranch: string;
	readonly htmlUrl: string;
	readonly cloneUrl: string;
}

export async function readRepository(
	client: RepositoryClient,
): Promise<RepositoryFacts> {
	const { data } = await client.octokit.rest.repos.get(client.at);
	return {
		id: data.id,
		owner: data.owner.login,
		name: data.name,
		ownedBy: data.owner.type === "Organization" ? "organisation" : "person",
		private: data.private,
		archived: data.archived,
		defaultBranch: data.default_branch,
		htmlUrl: data.html_url,
		cloneUrl: data.clone_url,
	};
}

const nodeIds = new WeakMap<RepositoryClient, Promise<string>>();

/** GraphQL's name for the repository; asked for once. */
export function nodeIdOf(client: RepositoryClient): Promise<string> {
	const known =
		nodeIds.get(client) ??
		client.octokit.rest.repos.get(client.at).then(({ data }) => data.node_id);
	nodeIds.set(client, known);
	known.catch(() => nodeIds.delete(client));
	return known;
}

/** The commit a branch points to; undefined when there is no such branch. */
export async function branchHead(
	client: RepositoryClient,
	branch: string,
): Promise<string | undefined> {
	try {
		const { data } = await client.octokit.rest.git.getRef({
			...client.at,
			ref: `heads/${branch}`,
		});
		return data.object.sha;
	} catch (error) {
		// 409: the repository is empty.
		if (statusOf(error) === 404 || statusOf(error) === 409) return undefined;
		throw error;
	}
}

export async function isAncestor(
	client: RepositoryClient,
	older: string,
	newer: string,
): Promise<boolean> {
	try {
		const { data } = await client.octokit.rest.repos.compareCommitsWithBasehead(
			{
				...client.at,
				basehead: `${older}...${newer}`,
				per_page: 1,
			},
		);
		return data.status === "ahead" || data.status === "identical";
	} catch (error) {
		if (statusOf(error) === 404) return true;
		throw error;
	}
}

/** Paths that differ; undefined where the newer does not come of the older, or too many do. */
export async function changedSince(
	client: RepositoryClient,
	older: string,
	newer: string,
): Promise<string[] | undefined> {
	if (older === newer) return [];
	try {
		const { data } = await client.octokit.rest.repos.compareCommitsWithBasehead(
			{ ...client.at, basehead: `${older}...${newer}`, per_page: 1 },
		);
		const { status, files = [] } = data;
		if (status === "identical") return [];
		if (status !== "ahead" || files.length >= MOST_FILES) return undefined;
		return files.flatMap(({ filename, previous_filename: before }) =>
			before ? [before, filename] : [filename],
		);
	} catch (error) {
		if (statusOf(error) === 404) return undefined;
		throw error;
	}
}

/** GitHub tells no more of a comparison. */
const MOST_FILES = 300;

/** The newest commit that both histories have; undefined where there is none. */
export async function mergeBase(
	client: RepositoryClient,
	one: string,
	other: string,
): Promise<string | undefined> {
	try {
		const { data } = await client.octokit.rest.repos.compareCommitsWithBasehead(
			{
				...client.at,
				basehead: `${one}...${other}`,
				per_page: 1,
			},
		);
		return data.merge_base_commit.sha;
	} catch (error) {
		if (statusOf(error) === 404) return undefined;
		throw error;
	}
}
