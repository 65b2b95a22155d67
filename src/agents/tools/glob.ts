import { z } from "zod";
import { glob as listFiles } from "../../workspace/reading/glob.ts";
import { readingTool } from "./tool.ts";

export const glob = readingTool({
	name: "glob",
	description:
		"Lists the paths of files that match a pattern, one a line: `*` within a folder, `**` across folders, `{a,b}` for alternatives; a pattern without a slash matches names in every folder.",
	input: z.strictObject({
		pattern: z
			.string()
			.min(1)
			.max(200)
			.describe("Pattern of repository paths, e.g. '**/*.py' or 'data/*'"),
		limit: z
			.number()
			.int()
			.min(1)
			.max(500)
			.describe("Most paths to list; default 100")
			.optional(),
	}),
	read: listFiles,
});
