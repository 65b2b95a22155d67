import { notebookCells } from "../../workspace/reading/notebook.ts";
import type { Entry, Outline } from "./outline.ts";
import { pythonOutline } from "./python-outline.ts";

const LONGEST = 100;

/** A line a cell; what a cell of code defines stands below it. */
export async function notebookOutline(
	text: string,
	milliseconds: number,
): Promise<Outline> {
	const cells = notebookCells(text);
	if (!cells) return "it is no notebook that can be read";
	const until = performance.now() + milliseconds;
	const entries: Entry[] = [];
	for (const [index, { type, lines, line }] of cells.entries()) {
		const first = lines.find((one) => one.trim() !== "")?.trim() ?? "(empty)";
		entries.push({
			line: line - 1,
			end: line + lines.length - 1,
			depth: 0,
			text: `[cell ${index} ${type}] ${first.slice(0, LONGEST)}`,
		});
		const left = until - performance.now();
		if (type !== "code" || left <= 0) continue;
		// What begins like this is no Python, and would end the parse early.
		const code = lines.join("\n").replace(/^[ \t]*[%!].*$/gm, "pass");
		const inside = await pythonOutline(code, left);
		if (typeof inside === "string") continue;
		for (const entry of inside)
			entries.push({
				...entry,
				line: entry.line + line - 1,
				end: entry.end + line - 1,
				depth: entry.depth + 1,
			});
	}
	return entries;
}
