// The tree of a commit of ours without fetching it: its parent's files with the
// change laid over them. Every byte is checked against git's names, up to the
// name of the whole that GitHub gave, so such a tree cannot differ from the commit.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { appearWhole } from "./appear-whole.ts";
import { keepListing, keptListing } from "./kept-listing.ts";
import type { Tree } from "./listed-tree.ts";
import { type Entry, judgeEntries } from "./listing.ts";
import { inPlace, type Place, rootOf } from "./place.ts";
import { blobId, treeId } from "./tree-id.ts";

export interface Growth {
	/** The commit whose files are changed, with nothing hidden. */
	readonly from: Tree;
	readonly sha: string;
	/** Git's name for the tree of `sha`, as GitHub gave it. */
	readonly treeId: string;
	readonly files: readonly {
		readonly path: string;
		readonly content: string | Uint8Array;
		readonly mode?: string;
	}[];
	readonly deletions: readonly string[];
}

/** So many files are in memory at once. */
const LANES = 4;

/**
 * Whether the tree is there now. Where anything is in doubt it is not, and the
 * commit has to be fetched. Must not throw.
 */
export const growTree = (place: Place, growth: Growth): Promise<boolean> =>
	inPlace(place, () => grow(place, growth)).catch(() => false);

async function grow(place: Place, growth: Growth): Promise<boolean> {
	const { from, sha, files, deletions } = growth;
	const before = await keptListing(place, from.sha);
	if (!before) return false;
	const written = new Map(
		files.map(({ path, content }) => [path, Buffer.from(content)]),
	);
	const touched = new Set([...written.keys(), ...deletions]);
	const entries = inOrder([
		...before.entries.filter(({ path }) => !touched.has(path)),
		...files.map(({ path, mode = "100644" }) => {
			const content = written.get(path) ?? Buffer.of();
			return { mode, id: blobId(content), bytes: content.length, path };
		}),
	]);
	const judged = judgeEntries(entries);
	if (!judged.ok || treeId(entries) !== growth.treeId) return false;
	const wanted = new Map(entries.map((entry) => [entry.path, entry]));
	const paths = judged.listing.files.map(({ path }) => path).values();
	await appearWhole(rootOf(place, sha), async (draft) => {
		const lane = async () => {
			for (const path of paths) {
				const entry = wanted.get(path);
				const content = written.get(path) ?? (await from.read(path));
				if (!entry || !content || blobId(content) !== entry.id)
					throw new Error(`${path} is not what the commit has`);
				await put(join(draft, path), content, entry);
			}
		};
		// All have ended before the draft is kept, or taken away.
		const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
		for (const end of ended) if (end.status === "rejected") throw end.reason;
	});
	await keepListing(place, sha, { id: growth.treeId, entries });
	return true;
}

/** As git lists them: by the bytes of their paths. */
const inOrder = (entries: readonly Entry[]) =>
	entries
		.map((entry) => ({ entry, bytes: Buffer.from(entry.path) }))
		.sort((a, b) => Buffer.compare(a.bytes, b.bytes))
		.map(({ entry }) => entry);

async function put(path: string, content: Uint8Array, { mode }: Entry) {
	const executable = (Number.parseInt(mode, 8) & 0o100) !== 0;
	await mkdir(dirname(path), { recursive: true });
	// Where two names are one file on this disk, the second one fails.
	await writeFile(path, content, {
		mode: executable ? 0o777 : 0o666,
		flag: "wx",
	});
}
