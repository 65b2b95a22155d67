import { z } from "zod";
import { glob as listFiles } from "../../workspace/reading/glob.ts";
import { rankFiles } from "./rank-files.ts";
import { readingTool, wholeNumber } from "./tool.ts";

export const glob = readingTool({
	name: "glob",
	description:
		"Lists paths that match: * in a folder, ** across folders, {a,b} either; without a slash it matches names in every folder.",
	input: z.strictObject({
		pattern: z.string().describe("e.g. **/*.py"),
		limit: wholeNumber(1, 500).describe("Default 100").optional(),
	}),
	read: async (tree, params) => listFiles(tree, params, await rankFiles(tree)),
});
