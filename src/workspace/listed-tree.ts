// One commit of one repository as plain files: what agents read and runners run.
import { type Absent, LARGEST_FILE } from "./listing.ts";
import { readRegular } from "./regular-file.ts";

export interface Tree {
	/** A folder without `.git`, never written to once it is there. */
	readonly root: string;
	readonly sha: string;
	/** Git's name for all that the commit holds, where it is known. */
	readonly treeId?: string;
	/** A folder for what was learned of its files, kept as long as the repository's cache. */
	readonly facts?: string;
	/** Sorted paths of regular files; no symbolic links, no submodules. */
	paths(): Promise<readonly string[]>;
	/** What the commit has and this tree does not hold, where that is known. */
	absent?(): Promise<readonly Absent[]>;
	/**
	 * Paths whose content is not what lies below `root`: edits that are only
	 * proposed. What reads the folder itself must leave these out.
	 */
	edited?(): readonly string[];
	/** The tree below those edits. */
	readonly unedited?: Tree;
	/** Undefined for every path that is not one of `paths()`. */
	read(path: string): Promise<Uint8Array | undefined>;
	/** Undefined also when the file is not UTF-8 text. */
	text(path: string): Promise<string | undefined>;
	/**
	 * The whole tree for a runner, without files above 20 MB. Throws TreeTooLarge
	 * when it is more than the limits allow.
	 */
	files(limits?: FilesLimits): Promise<Map<string, Uint8Array>>;
}

export class TreeTooLarge extends Error {
	override readonly name = "TreeTooLarge";
}

export interface FilesLimits {
	readonly count: number;
	readonly bytes: number;
}

const FILES_LIMITS: FilesLimits = { count: 5_000, bytes: 200 * 1_024 * 1_024 };

export interface TreeOptions {
	/** A file may have further names outside: so in a folder of the user's own. */
	readonly hardLinks?: boolean;
	readonly facts?: string;
	readonly treeId?: string;
}

/** Serves the given paths below the root, and nothing else. */
export function treeOf(
	root: string,
	sha: string,
	listed: readonly string[],
	absent: readonly Absent[],
	{ hardLinks = false, facts, treeId }: TreeOptions = {},
): Tree {
	const paths = [...listed].sort((a, b) => (a < b ? -1 : 1));
	const known = new Set(paths);
	const read = async (path: string) =>
		known.has(path)
			? readRegular(root, path, { mostBytes: LARGEST_FILE, hardLinks })
			: undefined;
	return {
		root,
		sha,
		...(facts ? { facts } : {}),
		...(treeId ? { treeId } : {}),
		paths: async () => paths,
		absent: async () => absent,
		read,
		text: async (path) => decodeText(await read(path)),
		files: async (limits = FILES_LIMITS) => collect(paths, read, limits),
	};
}

/** Undefined for what is not UTF-8 text. */
export function decodeText(bytes: Uint8Array | undefined): string | undefined {
	if (!bytes || bytes.includes(0)) return undefined;
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

async function collect(
	paths: readonly string[],
	read: Tree["read"],
	{ count, bytes }: FilesLimits,
): Promise<Map<string, Uint8Array>> {
	if (paths.length > count)
		throw new TreeTooLarge(
			`The repository has ${paths.length} files; at most ${count} can be given to a runner.`,
		);
	const files = new Map<string, Uint8Array>();
	let left = bytes;
	for (const path of paths) {
		const content = await read(path);
		if (!content) continue;
		left -= content.length;
		if (left < 0)
			throw new TreeTooLarge(
				`The repository's files are larger than ${Math.round(bytes / 1_024 / 1_024)} MB, which is the most a runner can be given.`,
			);
		files.set(path, content);
	}
	return files;
}
