// What a commit contains, kept beside the trees: a commit that was seen once
// needs neither git nor its server again.
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Entry, readEntries } from "./listing.ts";
import { listingsOf, type Place } from "./place.ts";
import { treeId } from "./tree-id.ts";

export interface KeptListing {
	/** Git's name for the commit's tree: the entries hash to it. */
	readonly id: string;
	readonly entries: readonly Entry[];
}

/** Odd trees of old histories do not hash to their own name; they are not kept. */
export async function keepListing(
	place: Place,
	sha: string,
	{ id, entries }: KeptListing,
): Promise<void> {
	if (treeId(entries) !== id) return;
	const folder = listingsOf(place);
	await mkdir(folder, { recursive: true });
	const draft = join(folder, `.draft-${crypto.randomUUID()}`);
	const lines = entries.map(
		({ mode, id, bytes, path }) => `${mode} blob ${id} ${bytes}\t${path}\0`,
	);
	await writeFile(draft, [`${id}\n`, ...lines].join(""));
	await rename(draft, join(folder, sha));
}

/** Undefined where there is none that is whole. Must not throw. */
export async function keptListing(
	place: Place,
	sha: string,
): Promise<KeptListing | undefined> {
	const file = join(listingsOf(place), sha);
	const text = await readFile(file, "utf8").catch(() => "");
	const end = text.indexOf("\n");
	const id = text.slice(0, Math.max(end, 0));
	const entries = readEntries(text.slice(end + 1));
	return treeId(entries) === id ? { id, entries } : undefined;
}
