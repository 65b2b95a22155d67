// A fix as what GitHub can commit: one run of lines in place of another.
import type { Fix, Place } from "./rule.ts";

export interface Replacement {
	readonly startLine: number;
	readonly endLine: number;
	/** The lines as they are, and as they should be. */
	readonly before: string;
	readonly after: string;
}

/** More would bury the one line that matters. */
const MOST_LINES = 12;

/** Undefined where the edits lie too far apart, or in several files. */
export function replacementOf(
	place: Place,
	fix: Fix,
	source: readonly string[],
): Replacement | undefined {
	if (fix.some(({ path }) => path !== place.path)) return undefined;
	let { startLine, endLine } = place;
	for (const edit of fix) {
		// What is put before a line leaves that line as it is.
		startLine = Math.min(startLine, edit.startLine);
		endLine = Math.max(endLine, edit.endLine);
	}
	if (endLine - startLine >= MOST_LINES) return undefined;
	const lines = source.slice(startLine - 1, endLine);
	const before = lines.join("\n");
	const fromBelow = [...fix].sort((a, b) => b.startLine - a.startLine);
	for (const edit of fromBelow)
		lines.splice(
			edit.startLine - startLine,
			edit.endLine - edit.startLine + 1,
			...(edit.lines === undefined ? [] : edit.lines.split("\n")),
		);
	return { startLine, endLine, before, after: lines.join("\n") };
}
