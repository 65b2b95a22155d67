// The ranges of key files as text: what is read before anything is summed up.
import type { ReadExcerpt } from "../../phases/phase.ts";
import type { KeyFile } from "../../reports/fields.ts";
import type { Tree } from "../../workspace/tree.ts";

const MOST_LINES = 200;
/** In all: about 15,000 tokens. */
const MOST_CHARACTERS = 60_000;
/** A line of data or of minified code is no reading matter. */
const LONGEST_LINE = 500;

/**
 * Files that are no text are left out; every other cut is told in `left`. What
 * stands in every agent's prompt already takes no room.
 */
export async function readExcerpts(
	tree: Tree,
	keyFiles: readonly KeyFile[],
	isPacked: (path: string) => boolean = () => false,
): Promise<ReadExcerpt[]> {
	const excerpts: ReadExcerpt[] = [];
	let room = MOST_CHARACTERS;
	for (const { path, start, end } of rangesOf(keyFiles)) {
		const text = await tree.text(path);
		if (text === undefined) continue;
		const lines = text.replace(/\n$/, "").split("\n");
		const wanted = lines.slice(start - 1, end);
		if (isPacked(path)) {
			const endLine = start + wanted.length - 1;
			const place = { path, startLine: start, endLine };
			if (wanted.length > 0)
				excerpts.push({ ...place, left: 0, text: "", packed: true });
			continue;
		}
		const shown: string[] = [];
		for (const [i, line] of wanted.slice(0, MOST_LINES).entries()) {
			const cut = line.length > LONGEST_LINE ? " (cut)" : "";
			const row = `${start + i}\t${line.slice(0, LONGEST_LINE)}${cut}`;
			room -= row.length + 1;
			if (room < 0) break;
			shown.push(row);
		}
		if (shown.length > 0 || wanted.length > 0)
			excerpts.push({
				path,
				startLine: start,
				endLine: start + shown.length - 1,
				left: wanted.length - shown.length,
				text: shown.join("\n"),
			});
	}
	return excerpts;
}

interface Range {
	readonly path: string;
	readonly start: number;
	readonly end: number;
}

/** Files in the order first named, each one's ranges in order, those that touch joined. */
function rangesOf(keyFiles: readonly KeyFile[]): Range[] {
	const byPath = Map.groupBy(keyFiles, ({ path }) => path);
	return [...byPath].flatMap(([path, files]) => {
		const ranges: Range[] = [];
		const sorted = files.toSorted((a, b) => a.start_line - b.start_line);
		for (const { start_line: start, end_line: end } of sorted) {
			const last = ranges.at(-1);
			if (last && start <= last.end + 1)
				ranges[ranges.length - 1] = { ...last, end: Math.max(last.end, end) };
			else ranges.push({ path, start, end });
		}
		return ranges;
	});
}
