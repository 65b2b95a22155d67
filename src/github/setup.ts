// The offer to a repository that was just given to us: one pull request with our
// fixed files, never a second one. It takes no file from anybody, so that the
// policy which keeps dot folders from change sets needs no exception.
import { CONFIG_PATH, SETUP_BRANCH, SETUP_FILES } from "../views/onboarding.ts";
import type { RepositoryClient } from "./app-client.ts";
import { commitFiles } from "./commits.ts";
import { createOnce } from "./create-once.ts";
import { statusOf } from "./fault.ts";
import { anyPullOf, createPull, findOpenPull, type Pull } from "./pulls.ts";
import { branchHead, readRepository } from "./repository.ts";

export interface SetupText {
	readonly title: string;
	/** What the pull request says, knowing which files it adds. */
	body(paths: readonly string[], newFile: string): string;
}

/**
 * undefined where nothing is to be offered: the repository is empty or archived,
 * has its configuration, was offered it before, or keeps the branch for itself.
 * Called again after a crash it completes what is there.
 */
export async function offerSetup(
	client: RepositoryClient,
	text: SetupText,
): Promise<Pull | undefined> {
	const repository = await readRepository(client);
	const { defaultBranch: base, archived, htmlUrl } = repository;
	const head = await branchHead(client, base);
	if (!head || archived || (await anyPullOf(client, SETUP_BRANCH)))
		return undefined;
	const files = [];
	for (const file of SETUP_FILES)
		if (!(await isThere(client, file.path))) files.push(file);
	if (!files.some(({ path }) => path === CONFIG_PATH)) return undefined;
	// A branch of that name without a commit of ours is somebody else's.
	if ((await branchHead(client, SETUP_BRANCH)) === head) return undefined;
	const committed = await commitFiles(client, {
		branch: SETUP_BRANCH,
		parent: head,
		message: text.title,
		files,
	});
	if (!committed.ok) return undefined;
	const body = text.body(
		files.map(({ path }) => path),
		`${htmlUrl}/new/${base}`,
	);
	return createOnce(
		() => findOpenPull(client, SETUP_BRANCH),
		async () => {
			const wanted = { title: text.title, body, base };
			const pull = await createPull(client, SETUP_BRANCH, wanted, false);
			if (pull) return pull;
			throw new Error(`${SETUP_BRANCH} has a pull request that is not listed`);
		},
		client.secondMs,
	);
}

async function isThere(
	{ octokit, at }: RepositoryClient,
	path: string,
): Promise<boolean> {
	try {
		await octokit.rest.repos.getContent({ ...at, path });
		return true;
	} catch (error) {
		if (statusOf(error) === 404) return false;
		throw error;
	}
}
