import { z } from "zod";
import { editCell as edit } from "../../workspace/editing/notebook-cell.ts";
import { editTool } from "./edit-tool.ts";
import { around } from "./str-replace.ts";

export const editCell = editTool({
	name: "edit_cell",
	description:
		"Like str_replace, within one cell of a notebook, as view numbers it; clears the cell's outputs.",
	input: z.object({
		path: z.string(),
		cell: z.int().min(0),
		old_str: z.string().min(1),
		new_str: z.string(),
	}),
	needs: "read",
	write({ path, content = "" }, { cell, old_str, new_str }) {
		const edited = edit({ path, content, cell, old: old_str, new: new_str });
		if (!edited.ok) return edited;
		const place = { content: edited.after, at: edited.at };
		return {
			ok: true,
			content: edited.content,
			say: around(`cell ${cell} of ${path}`, place, new_str),
			...(edited.isCode
				? {
						python: {
							before: withoutMagics(edited.before),
							after: withoutMagics(edited.after),
						},
					}
				: {}),
		};
	},
});

/** Lines for the notebook itself, and whole cells in another language. */
const withoutMagics = (source: string) =>
	source.startsWith("%%") ? "" : source.replace(/^(\s*)[%!?].*$/gm, "$1pass");
