// What lies between two commits, as GitHub shows it in a pull request.
import type { RepositoryClient } from "./app-client.ts";
import type { DiffFile } from "./diff.ts";

/** Changes of `head` since it left `base`; at most the 300 files GitHub shows. */
export async function compareCommits(
	client: RepositoryClient,
	base: string,
	head: string,
): Promise<DiffFile[]> {
	const { data } = await client.octokit.rest.repos.compareCommitsWithBasehead({
		...client.at,
		basehead: `${base}...${head}`,
	});
	return (data.files ?? []).map((file) => ({
		path: file.filename,
		status: file.status,
		additions: file.additions,
		deletions: file.deletions,
		...(file.patch === undefined ? {} : { patch: file.patch }),
	}));
}
