// From a clone address and a commit to a tree on the disk: a bare cache per
// repository, and one folder per commit that appears whole or not at all.
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fetchCommit } from "./fetch.ts";
import { git } from "./git.ts";
import { type Tree, treeOf } from "./listed-tree.ts";
import { type Listing, listCommit } from "./listing.ts";

export { folderTree } from "./folder-tree.ts";
export type { FilesLimits, Tree } from "./listed-tree.ts";
export type { Absent } from "./listing.ts";

export interface CheckoutRequest {
	readonly dataDir: string;
	readonly repositoryId: number;
	/** Its token fetches; what it fetched serves no other installation. */
	readonly installationId: number;
	/** An https address (http for a host that is itself configured so). */
	readonly cloneUrl: string;
	readonly sha: string;
	/** Where to look for the commit when the server will not give it by name. */
	readonly branch?: string;
	readonly token?: string;
}

/** What went wrong between us and the repository, for people. */
export class CheckoutError extends Error {
	override readonly name = "CheckoutError";
}

/**
 * Throws a CheckoutError. May be called again, at the same time, and after the
 * process was killed in the middle.
 */
export async function checkout(request: CheckoutRequest): Promise<Tree> {
	if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(request.sha))
		throw new CheckoutError(
			`"${request.sha}" is not a commit: 40 hexadecimal digits are expected.`,
		);
	const place = checkoutPlace(request);
	if (!/^\d+-\d+$/.test(place))
		throw new CheckoutError(
			"The ids of installation and repository must be whole numbers.",
		);
	const key = `${request.dataDir}\n${place}`;
	return oneAtATime(key, () => prepare(request));
}

/** The name of a repository's folders below `repositories` and `trees`. */
export const checkoutPlace = ({
	installationId,
	repositoryId,
}: Pick<CheckoutRequest, "installationId" | "repositoryId">) =>
	`${installationId}-${repositoryId}`;

async function prepare(request: CheckoutRequest): Promise<Tree> {
	const { dataDir, sha } = request;
	const place = checkoutPlace(request);
	const cache = join(dataDir, "repositories", `${place}.git`);
	const root = join(dataDir, "trees", place, sha);
	const fetched = await fetchCommit(cache, request);
	if (!fetched.ok) throw fault(request, fetched.message);
	const listed = await listCommit(cache, sha);
	if (!listed.ok) throw fault(request, listed.message);
	const { files, absent } = listed.listing;
	if (!(await exists(root))) await build(cache, root, listed.listing, request);
	const paths = files.map((file) => file.path);
	// Beside the cache, which is swept with all that bears its name.
	const facts = join(dataDir, "repositories", `${place}.facts`);
	return treeOf(root, sha, paths, absent, { facts });
}

async function build(
	cache: string,
	root: string,
	{ files }: Listing,
	request: CheckoutRequest,
): Promise<void> {
	const folder = dirname(root);
	await mkdir(folder, { recursive: true });
	await removeLeftovers(folder);
	const draft = join(folder, `.draft-${process.pid}-${crypto.randomUUID()}`);
	const indexFile = `${draft}.index`;
	const base = [`--git-dir=${cache}`, `--work-tree=${draft}`];
	try {
		await mkdir(draft);
		const index = await git([...base, "read-tree", request.sha], { indexFile });
		if (!index.ok) throw fault(request, index.message);
		// Named one by one, so that nothing but these files comes to be.
		const input = files.map(({ path }) => `${path}\0`).join("");
		const written = await git([...base, "checkout-index", "-z", "--stdin"], {
			indexFile,
			input,
			seconds: 300,
		});
		if (!written.ok) throw fault(request, written.message);
		await rename(draft, root);
	} finally {
		await rm(draft, { recursive: true, force: true });
		await rm(indexFile, { force: true });
	}
}

/** Of processes that were killed; a living one takes minutes, not an hour. */
async function removeLeftovers(folder: string): Promise<void> {
	for (const name of await readdir(folder)) {
		if (!name.startsWith(".draft-")) continue;
		const path = join(folder, name);
		const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
		if (Date.now() - mtimeMs > 3_600_000)
			await rm(path, { recursive: true, force: true });
	}
}

const exists = (path: string) =>
	stat(path).then(
		() => true,
		() => false,
	);

const fault = ({ sha, cloneUrl }: CheckoutRequest, message: string) =>
	new CheckoutError(
		`Commit ${sha.slice(0, 12)} of ${cloneUrl} could not be read: ${message}`,
	);

const queues = new Map<string, Promise<unknown>>();

async function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
	const before = queues.get(key);
	const mine = (before ?? Promise.resolve()).then(work, work);
	queues.set(key, mine);
	try {
		return await mine;
	} finally {
		if (queues.get(key) === mine) queues.delete(key);
	}
}
