import { z } from "zod";
import { view as viewFile } from "../../workspace/reading/view.ts";
import { readingTool, wholeNumber } from "./tool.ts";

export const view = readingTool({
	name: "view",
	description:
		"Reads a file as number<TAB>text, 250 lines unless `end` says more, at most 500; the last line tells the next call. Notebooks come as cells, folders as entries.",
	input: z.strictObject({
		path: z.string().describe("From the repository's root, e.g. src/train.py"),
		start: wholeNumber(1, 100_000_000).optional(),
		end: wholeNumber(1, 100_000_000).optional(),
	}),
	read: viewFile,
});
