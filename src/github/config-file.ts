// Our configuration in the target repository, read from its default branch only:
// whoever may change that branch may decide how we work.
import type { Octokit, RepositoryClient } from "./app-client.ts";
import { statusOf } from "./fault.ts";
import { readRepository } from "./repository.ts";

const CONFIG_PATH = ".github/modelwright.yml";

/** An owner's repository for what all of its repositories share. */
const SHARED = ".github";

export interface ConfigFiles {
	/** The repository's own file. */
	readonly own?: string | undefined;
	/** Its organisation's. */
	readonly shared?: string | undefined;
}

/** undefined where there is no such file. */
export async function readConfigTexts(
	client: RepositoryClient,
): Promise<ConfigFiles> {
	const { octokit, at } = client;
	const own = await textOf(octokit, at.owner, at.repo);
	return at.repo === SHARED
		? { own }
		: { own, shared: await readShared(client) };
}

async function readShared(
	client: RepositoryClient,
): Promise<string | undefined> {
	const { octokit, at } = client;
	const { ownedBy } = await readRepository(client);
	if (ownedBy !== "organisation") return undefined;
	// Our own token reads it where it is public.
	const open = await textOf(octokit, at.owner, SHARED);
	if (open !== undefined) return open;
	const token = await client.readTokenOf(SHARED);
	return token && textOf(octokit, at.owner, SHARED, token);
}

async function textOf(
	octokit: Octokit,
	owner: string,
	repo: string,
	token?: string,
): Promise<string | undefined> {
	try {
		const { data } = await octokit.rest.repos.getContent({
			owner,
			repo,
			path: CONFIG_PATH,
			...(token ? { headers: { authorization: `token ${token}` } } : {}),
		});
		if (Array.isArray(data) || data.type !== "file") return undefined;
		return Buffer.from(data.content, "base64").toString("utf8");
	} catch (error) {
		const status = statusOf(error);
		// Some hosts say that a token may not see what lies outside its repository.
		const hidden = status === 403 && repo === SHARED;
		if (status === 404 || hidden) return undefined;
		throw error;
	}
}
