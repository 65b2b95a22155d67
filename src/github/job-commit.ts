// A job on its way to the repository's own runners: a commit without parents
// whose tree holds the job's files and no more, kept by a ref outside of all
// branches, so that it starts no workflow and nobody sees it in a list.
import { createHash } from "node:crypto";
import { JOB_DRIVER, JOB_FILES } from "../views/onboarding/workflow.ts";
import type { RepositoryClient } from "./app-client.ts";
import { readCommit, writeCommit } from "./commits.ts";
import { statusOf } from "./fault.ts";
import { type TreeFile, writeTree } from "./trees.ts";

export interface JobFiles {
	/** A commit that GitHub has, and most of the files. */
	readonly base: string;
	/** The repository as the job sees it: path to content. */
	readonly files: ReadonlyMap<string, Uint8Array>;
	/** What lies beside it. */
	readonly beside: readonly TreeFile[];
	/** Our program that runs the job there. */
	readonly driver: string;
}

export const jobRef = (nonce: string) => `refs/modelwright/jobs/${nonce}`;

/** A job's files, held against those of its base. */
export interface Difference {
	/** Git's name for all that the base holds. */
	readonly tree: string;
	/** What GitHub does not have yet; it is all that a job can bring out. */
	readonly changed: readonly TreeFile[];
	readonly deletions: readonly string[];
}

export async function differenceOf(
	client: RepositoryClient,
	{ base, files }: JobFiles,
): Promise<Difference> {
	const { tree } = await readCommit(client, base);
	const { data } = await client.octokit.rest.git.getTree({
		...{ ...client.at, tree_sha: tree, recursive: "1" },
	});
	if (data.truncated)
		throw new Error("the repository has more files than GitHub lists at once");
	const entries = data.tree.filter(({ type }) => type !== "tree");
	const known = new Map(entries.map(({ path, sha }) => [path, sha]));
	const changed = [...files]
		.filter(([path, content]) => known.get(path) !== blobId(content))
		.map(([path, content]) => ({ path, content }));
	const deletions = [...known.keys()].filter((path) => !files.has(path));
	return { changed, deletions, tree };
}

/** Git's name for a file's content. */
const blobId = (content: Uint8Array) =>
	createHash("sha1")
		.update(`blob ${content.length}\0`)
		.update(content)
		.digest("hex");

/** Gives the commit's name. May be done again: objects are named by their content. */
export async function writeJob(
	client: RepositoryClient,
	job: JobFiles,
	{ changed, deletions, tree }: Difference,
	message: string,
): Promise<string> {
	const sha = await writeTree(client, tree, changed, deletions);
	const { data } = await client.octokit.rest.git.createTree({
		...client.at,
		tree: [
			{ path: JOB_FILES, mode: "040000", type: "tree", sha },
			{
				...{ path: JOB_DRIVER, mode: "100644", type: "blob" },
				content: job.driver,
			},
		],
	});
	const whole = await writeTree(client, data.sha, job.beside);
	return writeCommit(client, message, whole, []);
}

/** Names the commit; the one that was named before stays. */
export async function keepJob(
	{ octokit, at }: RepositoryClient,
	nonce: string,
	sha: string,
): Promise<void> {
	try {
		await octokit.rest.git.createRef({ ...at, ref: jobRef(nonce), sha });
	} catch (error) {
		// 422: our own first try, its answer lost.
		if (statusOf(error) !== 422) throw error;
	}
}

export async function dropJob(
	{ octokit, at }: RepositoryClient,
	nonce: string,
): Promise<void> {
	const ref = jobRef(nonce).slice("refs/".length);
	try {
		await octokit.rest.git.deleteRef({ ...at, ref });
	} catch (error) {
		// It is gone already.
		if (statusOf(error) !== 404 && statusOf(error) !== 422) throw error;
	}
}
