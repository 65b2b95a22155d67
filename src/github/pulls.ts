// Pull requests: those of a run are opened as drafts.
import type { RepositoryClient } from "./app-client.ts";
import { ONCE } from "./create-once.ts";
import { statusOf } from "./fault.ts";
import { isOurs } from "./ours.ts";

export interface Pull {
	readonly number: number;
	readonly url: string;
	readonly nodeId: string;
	readonly title: string;
	readonly body: string;
	readonly branch: string;
	readonly base: string;
	readonly headSha: string;
	readonly draft: boolean;
	readonly state: "open" | "closed" | "merged";
	/** Set where it is merged: when, and the commit that holds it in its base. */
	readonly merged?: { readonly at: string; readonly sha: string };
	/** true when this app opened it. */
	readonly ours: boolean;
}

export interface PullRequestText {
	readonly title: string;
	readonly body: string;
	readonly base: string;
}

interface Raw {
	readonly number: number;
	readonly html_url: string;
	readonly node_id: string;
	readonly title: string;
	readonly body?: string | null;
	readonly head: { readonly ref: string; readonly sha: string };
	readonly base: { readonly ref: string };
	readonly draft?: boolean;
	readonly state: string;
	readonly merged_at?: string | null;
	readonly merge_commit_sha?: string | null;
	readonly user?: { login: string; type: string } | null;
}

async function shape(client: RepositoryClient, raw: Raw): Promise<Pull> {
	const { merged_at: at, merge_commit_sha: sha } = raw;
	return {
		number: raw.number,
		url: raw.html_url,
		nodeId: raw.node_id,
		title: raw.title,
		body: raw.body ?? "",
		branch: raw.head.ref,
		base: raw.base.ref,
		headSha: raw.head.sha,
		draft: raw.draft ?? false,
		state: raw.state === "open" ? "open" : at ? "merged" : "closed",
		...(at && sha ? { merged: { at, sha } } : {}),
		// Pull requests do not name the app that opened them, only its bot.
		ours: isOurs({ user: raw.user ?? null }, await client.identity()),
	};
}

export async function readPull(
	client: RepositoryClient,
	number: number,
): Promise<Pull> {
	const { data } = await client.octokit.rest.pulls.get({
		...client.at,
		pull_number: number,
	});
	return shape(client, data);
}

/** The open pull request of a branch of this repository, whoever opened it. */
export const findOpenPull = (client: RepositoryClient, branch: string) =>
	findPull(client, branch, "open");

/** One that is open or was, whoever opened it. */
export const anyPullOf = (client: RepositoryClient, branch: string) =>
	findPull(client, branch, "all");

async function findPull(
	client: RepositoryClient,
	branch: string,
	state: "open" | "all",
): Promise<Pull | undefined> {
	const { data } = await client.octokit.rest.pulls.list({
		...client.at,
		head: `${client.at.owner}:${branch}`,
		state,
		per_page: 100,
	});
	// A server that does not know the filter must not make us take another's.
	const found = data.find(({ head }) => head.ref === branch);
	return found && shape(client, found);
}

/** undefined when GitHub says that there already is one. */
export async function createPull(
	client: RepositoryClient,
	branch: string,
	text: PullRequestText,
	draft = true,
): Promise<Pull | undefined> {
	try {
		const { data } = await client.octokit.rest.pulls.create({
			...client.at,
			...ONCE,
			...text,
			head: branch,
			draft,
		});
		return await shape(client, data);
	} catch (error) {
		const exists =
			statusOf(error) === 422 && /already exists/i.test(String(error));
		if (exists) return undefined;
		throw error;
	}
}

/** Changes only what differs. */
export async function editPull(
	client: RepositoryClient,
	pull: Pull,
	wanted: Partial<PullRequestText>,
): Promise<Pull> {
	const different = Object.entries(wanted).filter(
		([field, value]) => pull[field as keyof PullRequestText] !== value,
	);
	if (different.length === 0) return pull;
	const { data } = await client.octokit.rest.pulls.update({
		...client.at,
		pull_number: pull.number,
		...Object.fromEntries(different),
	});
	return shape(client, data);
}

export type Marked = { ok: true } | { ok: false; message: string };

/** Out of draft: the REST API cannot do it. Must not throw. */
export async function markReady(
	client: RepositoryClient,
	nodeId: string,
): Promise<Marked> {
	try {
		await client.octokit.graphql(
			"mutation ($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } } }",
			{ id: nodeId },
		);
		return { ok: true };
	} catch (error) {
		return {
			ok: false,
			message: `The pull request stays a draft: ${(error as Error).message}`,
		};
	}
}
