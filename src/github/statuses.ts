// Commit statuses: the older way in which CI reports, by a context of its own
// choosing and without a word on who says so.
import type { CiCheck } from "../reports/ci.ts";
import type { RepositoryClient } from "./app-client.ts";
import { isLacking } from "./lacking.ts";

export interface Status extends CiCheck {
	/** Others' words, and where they say that more is told; never followed. */
	readonly description: string;
	readonly page: string;
}

/** The newest of each context; none where the installation may not read them. */
export async function readStatuses(
	client: RepositoryClient,
	ref: string,
): Promise<Status[]> {
	try {
		return (await readAll(client, ref)).map(shape);
	} catch (error) {
		if (!isLacking(client, error, "commit statuses")) throw error;
		return [];
	}
}

/** Page by page by hand: Octokit takes the verdict over all for the list. */
async function readAll(client: RepositoryClient, ref: string): Promise<Raw[]> {
	const all: Raw[] = [];
	for (let page = 1; ; page++) {
		const { data } = await client.octokit.rest.repos.getCombinedStatusForRef({
			...client.at,
			...{ ref, page, per_page: 100 },
		});
		all.push(...data.statuses);
		if (data.statuses.length === 0 || all.length >= data.total_count)
			return all;
	}
}

interface Raw {
	readonly id: number;
	readonly context: string;
	readonly state: string;
	readonly description: string | null;
	readonly target_url: string | null;
	readonly updated_at: string;
}

const STATES: Readonly<Record<string, CiCheck["state"]>> = {
	failure: "failed",
	error: "failed",
	success: "passed",
};

const shape = (raw: Raw): Status => ({
	...{ id: raw.id, name: raw.context, app: familyOf(raw.context) },
	...{ state: STATES[raw.state] ?? "running", conclusion: raw.state },
	endedAt: raw.updated_at,
	description: raw.description ?? "",
	page: raw.target_url ?? "",
});

/** "ci/circleci" of "ci/circleci: build": what waits for one another. */
const familyOf = (context: string): string =>
	/^(.+)[/:][^/:]*$/.exec(context)?.[1] ?? context;
