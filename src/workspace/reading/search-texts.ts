// Lines that are not on the disk as agents see them (cells of notebooks, edits
// that are only proposed) are searched all in one pass: they are put one after
// the other, and hits are led back to where they came from.
import type { Tree } from "../listed-tree.ts";
import { notebookLines } from "./notebook.ts";
import { type Found, ripgrep, type Search } from "./ripgrep.ts";

const MOST_CHARACTERS = 50_000_000;
const MILLISECONDS = 5_000;

export async function searchTexts(
	tree: Tree,
	paths: readonly string[],
	search: Omit<Search, "root" | "path">,
): Promise<Found> {
	const starts: { path: string; before: number }[] = [];
	const lines: string[] = [];
	const end = performance.now() + MILLISECONDS;
	let characters = 0;
	let cut = false;
	for (const path of paths) {
		const text = (await tree.text(path)) ?? "";
		characters += text.length;
		cut = characters > MOST_CHARACTERS || performance.now() > end;
		if (cut) break;
		starts.push({ path, before: lines.length });
		for (const line of linesOf(path, text)) lines.push(line);
	}
	if (lines.length === 0) return { ok: true, hits: [], cut };
	// One NUL would make all of them binary.
	const input = `${lines.join("\n").replaceAll("\0", "\u2400")}\n`;
	const found = await ripgrep({ ...search, root: tree.root, path: "-", input });
	if (!found.ok) return found;
	const hits = found.hits.flatMap((hit) => {
		const start = starts.findLast(({ before }) => before < hit.line);
		return start
			? [{ ...hit, path: start.path, line: hit.line - start.before }]
			: [];
	});
	return { ...found, hits, cut: found.cut || cut };
}

const linesOf = (path: string, text: string) =>
	path.endsWith(".ipynb")
		? (notebookLines(text) ?? [])
		: text.replace(/\r?\n$/, "").split(/\r?\n/);
