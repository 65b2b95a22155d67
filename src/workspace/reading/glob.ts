import { globMatcher } from "../../run/glob-match.ts";
import type { Tree } from "../listed-tree.ts";
import { bad, good, type Reading } from "./reading.ts";

export interface GlobParams {
	readonly pattern: string;
	readonly limit?: number | undefined;
}

const LIMIT = 100;

/** Paths that match, the highest rank first; `+N more` when they are cut. */
export async function glob(
	tree: Tree,
	{ pattern, limit = LIMIT }: GlobParams,
	rankOf: (path: string) => number = () => 0,
): Promise<Reading> {
	const matcher = globMatcher(pattern.slice(0, 200));
	if (!matcher.ok) return bad("E_PATTERN", matcher.why);
	const found = (await tree.paths())
		.filter(matcher.matches)
		.sort((a, b) => rankOf(b) - rankOf(a) || (a < b ? -1 : 1));
	if (found.length === 0)
		return good(
			`No file matches ${pattern}. A pattern without "/" matches names in every folder; "**" crosses folders.`,
		);
	const shown = found.slice(0, limit);
	const more = found.length - shown.length;
	if (more > 0) shown.push(`+${more} more; narrow the pattern`);
	return good(shown.join("\n"));
}
