import { z } from "zod";
import { numbered } from "../../workspace/editing/nearest-lines.ts";
import { replaceOnce } from "../../workspace/editing/replace-once.ts";
import { editTool } from "./edit-tool.ts";

export const strReplace = editTool({
	name: "str_replace",
	description:
		"Replaces text of a file you have read; old_str must stand there exactly once.",
	input: z.object({
		path: z.string(),
		old_str: z.string().min(1),
		new_str: z.string(),
	}),
	needs: "read",
	write({ path, content = "", original = content }, { old_str, new_str }) {
		const replaced = replaceOnce({
			...{ path, content, original },
			...{ old: old_str, new: new_str },
		});
		if (!replaced.ok) return replaced;
		return { ...replaced, say: around(path, replaced, new_str) };
	},
});

/** The place of an edit with three lines on either side. */
export function around(
	path: string,
	{ content, at }: { content: string; at: number },
	inserted: string,
): string {
	const lines = content.split(/\r?\n/);
	const count = Math.min(inserted.split("\n").length, 20) + 6;
	return `${path} now reads\n${numbered(lines, at - 3, at < 3 ? count + at - 3 : count)}`;
}
