import { z } from "zod";
import { type Entry, outlineOf } from "../../ml/outline/outline.ts";
import { decodeText } from "../../workspace/listed-tree.ts";
import { locate } from "../../workspace/reading/reading.ts";
import { type Reading, readingTool } from "./tool.ts";

const MOST_ENTRIES = 200;

export const outline = readingTool({
	name: "outline",
	description:
		"Lists what a file consists of, with line ranges to view: classes, functions, notebook cells, headings of Markdown, top keys of YAML, TOML and JSON.",
	input: z.strictObject({ path: z.string() }),
	async read(tree, { path: asked }) {
		const place = await locate(tree, asked);
		if (!place.ok) return place;
		const { path, kind } = place;
		if (kind === "folder")
			return cannot(`${asked} is a folder; list it with view`);
		const text = decodeText(await tree.read(path));
		if (text === undefined)
			return cannot(`${path} is no text; view describes it`);
		const entries = await outlineOf(path, text);
		if (typeof entries === "string")
			return cannot(`${path} has no outline: ${entries}; read it with view`);
		return { ok: true, text: show(path, entries) };
	},
});

const cannot = (message: string): Reading => ({
	ok: false,
	code: "E_FORMAT",
	message,
});

function show(path: string, entries: readonly Entry[]): string {
	if (entries.length === 0)
		return `${path} defines nothing by name; read it with view`;
	const shown = entries
		.slice(0, MOST_ENTRIES)
		.map(
			({ line, end, depth, text }) =>
				`${"  ".repeat(Math.min(depth, 8))}${line}-${end} ${text}`,
		);
	const next = entries[MOST_ENTRIES];
	if (next)
		shown.push(
			`+${entries.length - MOST_ENTRIES} more, from line ${next.line}; find them with grep`,
		);
	return shown.join("\n");
}
