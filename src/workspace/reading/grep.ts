// Searching lines: ripgrep's default engine takes linear time on any pattern.

import { globMatcher } from "../../run/glob-match.ts";
import type { Tree } from "../listed-tree.ts";
import { bad, good, locate, type Reading } from "./reading.ts";
import type { Hit } from "./ripgrep.ts";
import { searchFolder } from "./search-folder.ts";
import { searchTexts } from "./search-texts.ts";

export interface GrepParams {
	readonly pattern: string;
	readonly path?: string | undefined;
	readonly glob?: string | undefined;
	readonly ignore_case?: boolean | undefined;
	readonly mode?: "lines" | "files" | undefined;
	readonly context?: number | undefined;
	readonly limit?: number | undefined;
}

const LIMIT = 40;
const LINES_PER_FILE = 8;
const LONGEST_LINE = 200;
const MOST_BYTES = 8_000;

/** `path:line:text`, or counts per file where there are too many. */
export async function grep(
	tree: Tree,
	params: GrepParams,
	rankOf: (path: string) => number = () => 0,
): Promise<Reading> {
	const place = await locate(tree, params.path ?? ".");
	if (!place.ok) return place;
	const matcher = params.glob ? globMatcher(params.glob) : undefined;
	if (matcher && !matcher.ok) return bad("E_PATTERN", matcher.why);
	const search = {
		pattern: params.pattern,
		ignoreCase: params.ignore_case ?? false,
		context: Math.min(params.context ?? 0, 3),
	};
	const inside = (await tree.paths()).filter(
		(path) => isBelow(path, place.path) && (matcher?.matches(path) ?? true),
	);
	if (inside.length === 0)
		return good(`No file matches ${params.glob}; list files with glob.`);
	const edited = new Set(tree.edited?.() ?? []);
	const isText = (path: string) => path.endsWith(".ipynb") || edited.has(path);
	const texts = await searchTexts(tree, inside.filter(isText), search);
	if (!texts.ok) return texts;
	const onDisk = inside.filter((path) => !isText(path));
	const files = await searchFolder(tree.root, place, onDisk, search);
	if (!files.ok) return files;
	const found = [...files.hits, ...texts.hits];
	const limit = params.limit ?? LIMIT;
	const tooMany = found.filter(({ match }) => match).length > limit;
	const rank = tooMany ? rankOf : () => 0;
	const hits = found.sort(
		(a, b) =>
			rank(b.path) - rank(a.path) ||
			(a.path < b.path ? -1 : Number(a.path > b.path)),
	);
	const counts = countMatches(hits);
	if (counts.size === 0)
		return good("No line matches. Try a shorter pattern, or ignore_case.");
	const text =
		params.mode === "files"
			? listFiles(counts, limit)
			: listLines(hits, counts, limit);
	return good(
		files.cut || texts.cut
			? `${text}\n[stopped early; narrow the search]`
			: text,
	);
}

const isBelow = (path: string, place: string) =>
	place === "" || path === place || path.startsWith(`${place}/`);

function countMatches(hits: readonly Hit[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { path, match } of hits)
		if (match) counts.set(path, (counts.get(path) ?? 0) + 1);
	return counts;
}

function listFiles(counts: Map<string, number>, limit: number): string {
	const shown = [...counts]
		.slice(0, limit)
		.map(([path, count]) => `${path} (${count})`);
	const more = counts.size - shown.length;
	if (more > 0) shown.push(`+${more} more files`);
	return shown.join("\n");
}

function listLines(
	hits: readonly Hit[],
	counts: Map<string, number>,
	limit: number,
): string {
	const total = counts.values().reduce((sum, count) => sum + count, 0);
	const perFile = total > limit ? LINES_PER_FILE : limit;
	const shown: string[] = [];
	const taken = new Map<string, number>();
	let matches = 0;
	let bytes = 0;
	for (const { path, line, match, text } of hits) {
		const already = taken.get(path) ?? 0;
		if (already >= perFile || matches >= limit) continue;
		const mark = match ? ":" : "-";
		const cut =
			text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
		const row = `${path}${mark}${line}${mark}${cut}`;
		bytes += Buffer.byteLength(row) + 1;
		if (bytes > MOST_BYTES) break;
		shown.push(row);
		if (!match) continue;
		matches += 1;
		taken.set(path, already + 1);
	}
	const rest = [...counts]
		.map(([path, count]) => ({ path, left: count - (taken.get(path) ?? 0) }))
		.filter(({ left }) => left > 0)
		.sort((a, b) => b.left - a.left);
	if (rest.length > 0) {
		shown.push(`[${total} matches; narrow by path or glob; not shown:]`);
		shown.push(
			...rest.slice(0, 20).map(({ path, left }) => `${path} (${left})`),
		);
		if (rest.length > 20) shown.push(`+${rest.length - 20} more files`);
	}
	return shown.join("\n");
}
