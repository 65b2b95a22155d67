import { z } from "zod";
import { grep as searchFiles } from "../../workspace/reading/grep.ts";
import { path, readingTool } from "./tool.ts";

export const grep = readingTool({
	name: "grep",
	description:
		"Searches the files' lines for a regular expression (Rust syntax: no look-around, no back-references). Answers `path:line:text`; many hits are counted per file instead.",
	input: z.strictObject({
		pattern: z
			.string()
			.min(1)
			.max(500)
			.describe("Regular expression, e.g. 'def split|train_test_split'"),
		path: path(
			"File or folder to search in; the whole repository without it",
		).optional(),
		glob: z
			.string()
			.min(1)
			.max(200)
			.describe("Only files that match, e.g. '**/*.py'")
			.optional(),
		ignore_case: z
			.boolean()
			.describe("true: upper and lower case are equal")
			.optional(),
		mode: z
			.enum(["lines", "files"])
			.describe("'files': only names of files with a match; default 'lines'")
			.optional(),
		context: z
			.number()
			.int()
			.min(0)
			.max(3)
			.describe("Lines to show around each match")
			.optional(),
		limit: z
			.number()
			.int()
			.min(1)
			.max(100)
			.describe("Most matches to show; default 40")
			.optional(),
	}),
	read: searchFiles,
});
