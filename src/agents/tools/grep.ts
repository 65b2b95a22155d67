import { z } from "zod";
import { grep as searchFiles } from "../../workspace/reading/grep.ts";
import { rankFiles } from "./rank-files.ts";
import { readingTool, wholeNumber } from "./tool.ts";

export const grep = readingTool({
	name: "grep",
	description:
		"Finds lines by a regular expression (Rust syntax, no look-around): path:line:text. Of too many matches the rest is counted per file.",
	input: z.strictObject({
		pattern: z.string(),
		path: z.string().describe("File or folder").optional(),
		glob: z.string().describe("e.g. **/*.py").optional(),
		ignore_case: z.boolean().optional(),
		mode: z.enum(["lines", "files"]).optional(),
		context: wholeNumber(0, 3).describe("0-3 lines").optional(),
		limit: wholeNumber(1, 100).describe("1-100, default 40").optional(),
	}),
	read: async (tree, params) =>
		searchFiles(tree, params, await rankFiles(tree)),
});
