// Which lines a comparison adds, and where a quote stands among them. Pure.

export interface DiffFile {
	readonly path: string;
	readonly status: string;
	readonly additions: number;
	readonly deletions: number;
	/** Absent for binary and very large files. */
	readonly patch?: string;
}

export interface AddedLine {
	/** 1-based, in the new version of the file. */
	readonly line: number;
	readonly text: string;
}

export interface QuotePlace {
	readonly path: string;
	readonly startLine: number;
	readonly endLine: number;
}

/** The lines a unified patch adds. Must not throw: what is no patch adds nothing. */
export function addedLines(patch: string): AddedLine[] {
	const added: AddedLine[] = [];
	let line = 0;
	let left = 0;
	for (const text of patch.split("\n")) {
		const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(text);
		if (hunk) {
			line = Number(hunk[1]);
			left = Number(hunk[2] ?? 1);
		} else if (left > 0 && text.startsWith("+")) {
			added.push({ line, text: text.slice(1) });
			line += 1;
			left -= 1;
		} else if (left > 0 && !/^[-\\]/.test(text)) {
			line += 1;
			left -= 1;
		}
	}
	return added;
}

/** Lines compare without the spaces around them: quotes lose indentation easily. */
const bare = (text: string) => text.replace(/\r$/, "").trim();

/**
 * The one place where the quote's lines stand, one after the other, among the
 * lines added to `path`; undefined if nowhere or more than once.
 */
export function placeQuote(
	files: readonly DiffFile[],
	path: string,
	quote: string,
): QuotePlace | undefined {
	const patch = files.find((file) => file.path === path)?.patch;
	const wanted = quote.split("\n").map(bare);
	while (wanted[0] === "") wanted.shift();
	while (wanted.at(-1) === "") wanted.pop();
	if (!patch || wanted.length === 0) return undefined;
	const added = addedLines(patch);
	const whole = starts(added, wanted, (text, quoted) => text === quoted);
	// A quote of one line may be only a part of it.
	const places =
		whole.length === 0 && wanted.length === 1
			? starts(added, wanted, (text, quoted) => text.includes(quoted))
			: whole;
	const [only, other] = places;
	if (!only || other) return undefined;
	return {
		path,
		startLine: only.line,
		endLine: only.line + wanted.length - 1,
	};
}

/** Where the wanted lines begin: each beside the other in the new file, too. */
const starts = (
	added: readonly AddedLine[],
	wanted: readonly string[],
	fits: (text: string, quoted: string) => boolean,
): AddedLine[] =>
	added.filter((first, index) =>
		wanted.every((quoted, offset) => {
			const found = added[index + offset];
			return (
				found !== undefined &&
				found.line === first.line + offset &&
				fits(bare(found.text), quoted)
			);
		}),
	);
