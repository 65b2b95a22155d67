import { diffFiles, type FileDiff } from "./diff.ts";
import { mergeTrees } from "./merge.ts";
import { listCommits, mergeBase } from "./refs.ts";

/** What merging one commit into another would bring. */
export interface Comparison {
	/** Where the two histories parted; null when they have nothing in common. */
	mergeBase: string | null;
	/** Oldest first. */
	commits: string[];
	/** How many commits the base has that the head lacks. */
	behind: number;
	files: FileDiff[];
}

const KEPT = 500;
const known = new Map<string, Promise<unknown>>();

/** Two commits never change, so what was worked out about them stays true. */
function remember<T>(key: string, work: () => Promise<T>): Promise<T> {
	const found = known.get(key) as Promise<T> | undefined;
	if (found) return found;
	const fresh = work();
	known.set(key, fresh);
	fresh.catch(() => known.delete(key));
	const [oldest] = known.keys();
	if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
	return fresh;
}

export function compare(
	directory: string,
	base: string,
	head: string,
): Promise<Comparison> {
	return remember(`${directory} ${base} ${head}`, async () => {
		const [parted, commits, behind] = await Promise.all([
			mergeBase(directory, base, head),
			listCommits(directory, base, head),
			listCommits(directory, head, base),
		]);
		const files = await diffFiles(directory, parted ?? base, head);
		return {
			mergeBase: parted,
			commits: commits.reverse(),
			behind: behind.length,
			files,
		};
	});
}

/** The tree that a merge would give, or null when the two conflict. */
export function mergedTree(
	directory: string,
	base: string,
	head: string,
): Promise<string | null> {
	return remember(`${directory} ${base} ${head} tree`, () =>
		mergeTrees(directory, base, head),
	);
}
