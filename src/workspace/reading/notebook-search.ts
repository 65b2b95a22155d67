// Notebooks are searched as `view` shows them, all in one pass: their lines are
// put one after the other, and hits are led back to where they came from.
import type { Tree } from "../listed-tree.ts";
import { notebookLines } from "./notebook.ts";
import { type Found, ripgrep, type Search } from "./ripgrep.ts";

const MOST_CHARACTERS = 20_000_000;

export async function searchNotebooks(
	tree: Tree,
	paths: readonly string[],
	search: Omit<Search, "root" | "path">,
): Promise<Found> {
	const starts: { path: string; before: number }[] = [];
	const lines: string[] = [];
	let characters = 0;
	for (const path of paths) {
		const text = (await tree.text(path)) ?? "";
		characters += text.length;
		if (characters > MOST_CHARACTERS) break;
		starts.push({ path, before: lines.length });
		for (const line of notebookLines(text) ?? text.split("\n"))
			lines.push(line);
	}
	if (lines.length === 0) return { ok: true, hits: [], cut: false };
	const input = `${lines.join("\n")}\n`;
	const found = await ripgrep({ ...search, root: tree.root, path: "-", input });
	if (!found.ok) return found;
	const hits = found.hits.flatMap((hit) => {
		const start = starts.findLast(({ before }) => before < hit.line);
		return start
			? [{ ...hit, path: start.path, line: hit.line - start.before }]
			: [];
	});
	return { ...found, hits, cut: found.cut || characters > MOST_CHARACTERS };
}
