import { z } from "zod";
import { plural } from "../../views/numbers.ts";
import { editTool } from "./edit-tool.ts";

const LONGEST = 100_000;

export const create = editTool({
	name: "create",
	description:
		"Creates a file, at most 100 kB; overwrite only what this run created.",
	input: z.object({
		path: z.string(),
		file_text: z.string(),
		overwrite: z.boolean().optional(),
	}),
	needs: "nothing",
	write({ path, content, isOurs }, { file_text, overwrite = false }) {
		if (Buffer.byteLength(file_text) > LONGEST)
			return {
				ok: false,
				code: "E_BUDGET",
				message: `a file may have ${LONGEST} bytes; split it into modules`,
			};
		if (content !== undefined && !(isOurs && overwrite))
			return {
				ok: false,
				code: "E_FORBIDDEN",
				message: isOurs
					? `${path} exists; edit it with str_replace, or give overwrite: true`
					: `${path} exists and is not of this run's making; edit it with str_replace`,
			};
		const lines = file_text.replace(/\n$/, "").split("\n").length;
		return {
			ok: true,
			content: file_text,
			say: `${path} ${content === undefined ? "created" : "overwritten"}, ${plural(file_text ? lines : 0, "line")}`,
		};
	},
});
