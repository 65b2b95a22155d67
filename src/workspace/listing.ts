// What a commit contains, and whether we are ready to put it on a disk.
import { git } from "./git.ts";

/** One thing that a commit names, as git tells it. */
export interface Entry {
	readonly mode: string;
	/** Git's name for its content. */
	readonly id: string;
	readonly bytes: number;
	readonly path: string;
}

export interface Listing {
	/** Regular files, sorted by path. */
	readonly files: readonly { readonly path: string; readonly bytes: number }[];
	/** What the commit names and a tree does not hold. */
	readonly absent: readonly Absent[];
}

export interface Absent {
	readonly path: string;
	readonly why:
		| "symbolic link"
		| "submodule"
		| "larger than 20 MB"
		| "not a regular file"
		| "not readable"
		| "kept from agents by paths.read_deny of .github/modelwright.yml"
		| "kept from agents: it repeats held-out rows";
}

export const LARGEST_FILE = 20 * 1_024 * 1_024;
const MOST_ENTRIES = 100_000;
const MOST_BYTES = 2 * 1_024 * 1_024 * 1_024;
const LONGEST_PATH = 4_096;

export type ListingResult =
	| { readonly ok: true; readonly listing: Listing }
	| { readonly ok: false; readonly message: string };

export type EntriesResult =
	| { readonly ok: true; readonly entries: readonly Entry[] }
	| { readonly ok: false; readonly message: string };

export async function listCommit(
	cache: string,
	sha: string,
): Promise<EntriesResult> {
	const args = [`--git-dir=${cache}`, "ls-tree", "-r", "-l", "-z", sha];
	const answer = await git(args);
	return answer.ok ? { ok: true, entries: readEntries(answer.stdout) } : answer;
}

/** Pure: the output of `git ls-tree -r -l -z`. */
export function readEntries(output: string): Entry[] {
	const lines = output.split("\0").filter((line) => line !== "");
	return lines.map((line) => {
		const tab = line.indexOf("\t");
		const [mode = "", , id = "", size] = line.slice(0, tab).split(/ +/);
		return { mode, id, bytes: Number(size) || 0, path: line.slice(tab + 1) };
	});
}

/** Pure: whether a tree may hold these, and what of them. */
export function judgeEntries(entries: readonly Entry[]): ListingResult {
	if (entries.length > MOST_ENTRIES)
		return refuse(`it has ${entries.length} entries, at most ${MOST_ENTRIES}`);
	const files: { path: string; bytes: number }[] = [];
	const absent: Absent[] = [];
	let total = 0;
	for (const { mode, bytes, path } of entries) {
		const fault = unusable(path);
		if (fault) return refuse(fault);
		if (mode === "120000") absent.push({ path, why: "symbolic link" });
		else if (mode === "160000") absent.push({ path, why: "submodule" });
		else if (bytes > LARGEST_FILE)
			absent.push({ path, why: "larger than 20 MB" });
		else {
			files.push({ path, bytes });
			total += bytes;
		}
	}
	if (total > MOST_BYTES) return refuse("its files are larger than 2 GiB");
	files.sort((a, b) => (a.path < b.path ? -1 : 1));
	return { ok: true, listing: { files, absent } };
}

function unusable(path: string): string | undefined {
	const shown = JSON.stringify(path.slice(0, 80));
	if (Buffer.byteLength(path) > LONGEST_PATH)
		return `the path ${shown} is longer than ${LONGEST_PATH} bytes`;
	// U+FFFD: the name was not UTF-8, so it could not be asked for again.
	if (/[\p{Cc}\uFFFD]/u.test(path))
		return `the path ${shown} has control characters or is not UTF-8`;
	const parts = path.split("/");
	if (path.startsWith("/") || parts.some((part) => /^\.{0,2}$/.test(part)))
		return `the path ${shown} leaves its folder`;
	if (parts.some((part) => part.toLowerCase() === ".git"))
		return `the path ${shown} lies in a folder named .git`;
	return undefined;
}

const refuse = (why: string): ListingResult => ({
	ok: false,
	message: `the commit is refused: ${why}`,
});
