// Git trees from files. Objects are named by their content: writing one twice is harmless.
import type { RepositoryClient } from "./app-client.ts";

export interface TreeFile {
	readonly path: string;
	readonly content: string | Uint8Array;
	readonly mode?: "100644" | "100755";
}

/** GitHub takes large trees badly; they are written in layers. */
const LAYER = 100;

/** The tree of `base` with files laid over it and others, which it has, taken out. */
export async function writeTree(
	client: RepositoryClient,
	base: string,
	files: readonly TreeFile[],
	deletions: readonly string[] = [],
): Promise<string> {
	const entries: Entry[] = deletions.map(deletionOf);
	for (const file of files) entries.push(await entryOf(client, file));
	return layOver(client, base, entries);
}

/** One path as a merge leaves it. */
export interface MergedPath {
	readonly path: string;
	readonly mode: string;
	/** Git's name for the content; null: the path is gone. */
	readonly id: string | null;
	/** Given where GitHub does not have it yet. */
	readonly content?: Uint8Array;
}

/** The tree of `base` with paths laid over it whose contents GitHub mostly has. */
export async function writeMergedTree(
	client: RepositoryClient,
	base: string,
	paths: readonly MergedPath[],
): Promise<string> {
	for (const { content } of paths)
		if (content) await writeBlob(client, content);
	return layOver(
		client,
		base,
		paths.map(({ path, mode, id }) => ({
			...{ path, mode: mode as Mode, sha: id },
			type: mode === "160000" ? "commit" : "blob",
		})),
	);
}

async function layOver(
	client: RepositoryClient,
	base: string,
	entries: readonly Entry[],
): Promise<string> {
	let tree = base;
	for (let at = 0; at < entries.length; at += LAYER) {
		const { data } = await client.octokit.rest.git.createTree({
			...client.at,
			base_tree: tree,
			tree: entries.slice(at, at + LAYER),
		});
		tree = data.sha;
	}
	return tree;
}

type CreateTree = RepositoryClient["octokit"]["rest"]["git"]["createTree"];
type Entry = NonNullable<Parameters<CreateTree>[0]>["tree"][number];
type Mode = NonNullable<Entry["mode"]>;

const deletionOf = (path: string): Entry => ({
	path,
	mode: "100644",
	type: "blob",
	sha: null,
});

/** A request that says a hundred files at once must not be larger than GitHub takes. */
const LONGEST_INLINE = 200_000;

async function entryOf(
	client: RepositoryClient,
	file: TreeFile,
): Promise<Entry> {
	const { path, content, mode = "100644" } = file;
	const entry = { path, mode, type: "blob" } as const;
	const text = textOf(content);
	if (text !== undefined && text.length <= LONGEST_INLINE)
		return { ...entry, content: text };
	return { ...entry, sha: await writeBlob(client, content) };
}

async function writeBlob(
	client: RepositoryClient,
	content: string | Uint8Array,
): Promise<string> {
	const { data } = await client.octokit.rest.git.createBlob({
		...client.at,
		content: Buffer.from(content).toString("base64"),
		encoding: "base64",
	});
	return data.sha;
}

/** undefined for what cannot travel as text inside JSON. */
export function textOf(content: string | Uint8Array): string | undefined {
	if (typeof content === "string") return content;
	try {
		const text = new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true,
		}).decode(content);
		return text.includes("\0") ? undefined : text;
	} catch {
		return undefined;
	}
}
