import type { NewFile } from "../phase.ts";

/** Shorter ones stand everywhere and show nothing. */
const FEWEST_CHARACTERS = 6;

/** Where the quote begins in that file, 1-based; undefined when it stands nowhere. */
export function lineOf(
	files: readonly NewFile[],
	path: string,
	quote: string,
): number | undefined {
	const file = files.find((known) => known.path === asNamed(path));
	const wanted = unix(quote).replace(/^\n+|\s+$/g, "");
	if (!file || wanted.trim().length < FEWEST_CHARACTERS) return undefined;
	const content = unix(file.content);
	const at = content.indexOf(wanted);
	return at < 0 ? undefined : content.slice(0, at).split("\n").length;
}

export const asNamed = (path: string) => path.trim().replace(/^(?:\.\/)+/, "");

const unix = (text: string) => text.replaceAll("\r\n", "\n");
