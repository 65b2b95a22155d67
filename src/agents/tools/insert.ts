import { z } from "zod";
import { lineEndsOf } from "../../workspace/editing/replace-once.ts";
import { editTool } from "./edit-tool.ts";
import { around } from "./str-replace.ts";

export const insert = editTool({
	name: "insert",
	description: "Inserts lines after line insert_line of a file; 0 is its top.",
	input: z.preprocess(
		asNewStr,
		z.object({
			path: z.string(),
			insert_line: z.int().min(0),
			insert_text: z.string(),
		}),
	),
	needs: "read",
	write({ path, content = "", isStale }, { insert_line, insert_text }) {
		if (isStale)
			return {
				ok: false,
				code: "E_STALE",
				message: `your edits have moved the lines of ${path} since you read it; view the place again, then insert`,
			};
		const asInFile = lineEndsOf(content);
		const end = asInFile("\n");
		const lines =
			content === "" ? [] : content.replace(/\r?\n$/, "").split(end);
		if (insert_line > lines.length)
			return {
				ok: false,
				code: "E_RANGE",
				message: `${path} has ${lines.length} lines; insert_line is at most that`,
			};
		const text = asInFile(insert_text.replace(/\r?\n$/, ""));
		const all = lines.toSpliced(insert_line, 0, text).join(end);
		const edited = `${all}${content === "" || content.endsWith("\n") ? end : ""}`;
		return {
			ok: true,
			content: edited,
			say: around(path, { content: edited, at: insert_line }, text),
		};
	},
});

/** Some models were taught another name for it. */
function asNewStr(input: unknown): unknown {
	const given = Object(input) as Record<string, unknown>;
	return { insert_text: given.new_str, ...given };
}
