// From a clone address and a commit to a tree on the disk: a bare cache per
// repository, and one folder per commit that appears whole or not at all.
import { rm, stat } from "node:fs/promises";
import { appearWhole } from "./appear-whole.ts";
import { fetchCommit } from "./fetch.ts";
import { git } from "./git.ts";
import { keepListing, keptListing } from "./kept-listing.ts";
import { type Tree, treeOf } from "./listed-tree.ts";
import { judgeEntries, type Listing, listCommit } from "./listing.ts";
import {
	cacheOf,
	checkoutPlace,
	factsOf,
	inPlace,
	type Place,
	rootOf,
} from "./place.ts";

export { folderTree } from "./folder-tree.ts";
export { type Growth, growTree } from "./grow-tree.ts";
export type { FilesLimits, Tree } from "./listed-tree.ts";
export type { Absent } from "./listing.ts";
export { checkoutPlace, type Place } from "./place.ts";

export interface CheckoutRequest extends Place {
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
	if (!/^\d+-\d+$/.test(checkoutPlace(request)))
		throw new CheckoutError(
			"The ids of installation and repository must be whole numbers.",
		);
	return inPlace(request, () => prepare(request));
}

/** A commit's tree that lies here whole: nobody need be asked. Must not throw. */
export async function keptTree(
	place: Place,
	sha: string,
): Promise<Tree | undefined> {
	const kept = await keptListing(place, sha);
	const judged = kept && judgeEntries(kept.entries);
	if (!judged?.ok || !(await exists(rootOf(place, sha)))) return undefined;
	return treeIn(place, sha, judged.listing, kept?.id);
}

async function prepare(request: CheckoutRequest): Promise<Tree> {
	const { sha } = request;
	const cache = cacheOf(request);
	const root = rootOf(request, sha);
	const fetched = await fetchCommit(cache, request);
	if (!fetched.ok) throw fault(request, fetched.message);
	const [listed, named] = await Promise.all([
		listCommit(cache, sha),
		git([`--git-dir=${cache}`, "rev-parse", "--verify", `${sha}^{tree}`]),
	]);
	if (!listed.ok) throw fault(request, listed.message);
	const judged = judgeEntries(listed.entries);
	if (!judged.ok) throw fault(request, judged.message);
	if (!(await exists(root))) await build(cache, root, judged.listing, request);
	const id = named.ok ? named.stdout.trim() : undefined;
	if (id) {
		const { entries } = listed;
		// It only spares work later.
		await keepListing(request, sha, { id, entries }).catch(() => {});
	}
	return treeIn(request, sha, judged.listing, id);
}

function treeIn(
	place: Place,
	sha: string,
	{ files, absent }: Listing,
	treeId?: string,
): Tree {
	const paths = files.map((file) => file.path);
	return treeOf(rootOf(place, sha), sha, paths, absent, {
		facts: factsOf(place),
		...(treeId ? { treeId } : {}),
	});
}

async function build(
	cache: string,
	root: string,
	{ files }: Listing,
	request: CheckoutRequest,
): Promise<void> {
	await appearWhole(root, async (draft) => {
		const indexFile = `${draft}.index`;
		const base = [`--git-dir=${cache}`, `--work-tree=${draft}`];
		try {
			const index = await git([...base, "read-tree", request.sha], {
				indexFile,
			});
			if (!index.ok) throw fault(request, index.message);
			// Named one by one, so that nothing but these files comes to be.
			const input = files.map(({ path }) => `${path}\0`).join("");
			const written = await git([...base, "checkout-index", "-z", "--stdin"], {
				indexFile,
				input,
				seconds: 300,
			});
			if (!written.ok) throw fault(request, written.message);
		} finally {
			await rm(indexFile, { force: true });
		}
	});
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
