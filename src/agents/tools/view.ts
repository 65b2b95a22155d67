import { z } from "zod";
import { view as viewFile } from "../../workspace/reading/view.ts";
import { path, readingTool } from "./tool.ts";

export const view = readingTool({
	name: "view",
	description:
		"Reads a text file: each line as `number<TAB>text`, 250 lines by default, 500 at most; the last line says where to go on. A folder is listed; a binary file is described; a notebook is shown as its cells.",
	input: z.strictObject({
		path: path("File or folder to read; '.' is the repository's root"),
		start: z
			.number()
			.int()
			.min(1)
			.max(10_000_000)
			.describe("First line to show, from 1")
			.optional(),
		end: z
			.number()
			.int()
			.min(1)
			.max(10_000_000)
			.describe("Last line to show")
			.optional(),
	}),
	read: viewFile,
});
