// The fields submissions are made of. Each says in its JSON Schema all that it
// demands, so that any model (or generator) can fill it from the schema alone.
import { z } from "zod";

/** A few words: 3 to 200 characters. */
export const line = (what: string) =>
	z.string().trim().min(3).max(200).describe(what);

/** A paragraph of Markdown: 3 to 4,000 characters. */
export const text = (what: string) =>
	z.string().trim().min(3).max(4_000).describe(what);

const PATH_RULE =
	"POSIX path relative to the repository's root, no leading slash, no '..'";

/** A file that exists in the repository at the commit under study. */
export const existingPath = (what: string) =>
	z
		.string()
		.min(1)
		.max(400)
		.meta({ format: "repository-path" })
		.describe(
			`${what}. Repository path of an EXISTING file (find it with glob, grep or view): ${PATH_RULE}`,
		);

/**
 * Places that are left to people, as a pattern: whatever starts with a dot, code
 * owners and agents' instructions. `run/policy.ts` judges; this only tells.
 */
const NOT_PROTECTED =
	"(?!\\.)(?!.*/\\.)(?!(?:.*/)?(?:CODEOWNERS|AGENTS\\.md|CLAUDE\\.md|GEMINI\\.md)$)";

/** An existing file that a change may edit. */
export const editablePath = (what: string) =>
	z
		.string()
		.min(1)
		.max(400)
		.regex(new RegExp(`^${NOT_PROTECTED}`))
		.meta({ format: "repository-path" })
		.describe(
			`${what}. Repository path of an EXISTING file: ${PATH_RULE}, no part that starts with a dot, not CODEOWNERS, AGENTS.md, CLAUDE.md or GEMINI.md`,
		);

/** A file a change creates or rewrites whole; protected places are excluded by the pattern. */
export const writablePath = (what: string) =>
	z
		.string()
		.max(200)
		.regex(
			new RegExp(
				`^${NOT_PROTECTED}(?!.*//)[A-Za-z0-9_][A-Za-z0-9_./-]*[A-Za-z0-9_-]$`,
			),
		)
		.meta({ format: "new-repository-path" })
		.describe(
			`${what}. Repository path to create or rewrite: ${PATH_RULE}, no part that starts with a dot, letters digits _ . / - only, not below an existing file`,
		);

/** 1-based line number in the file named beside it. */
export const lineNumber = (what: string) =>
	z
		.number()
		.int()
		.min(1)
		.max(1_000_000)
		.meta({ format: "line-number" })
		.describe(`${what}. 1-based line number within the file at 'path'`);

/** Text copied character by character out of the file named beside it. */
export const quote = (what: string) =>
	z
		.string()
		.min(1)
		.max(2_000)
		.meta({ format: "quote" })
		.describe(
			`${what}. Verbatim quote: copy whole lines out of the file at 'path', without line numbers`,
		);

/** A place in the repository that supports a statement. */
export const Evidence = z
	.strictObject({
		path: existingPath("The file that shows it"),
		line: lineNumber("The line that shows it"),
	})
	.describe("Where in the repository this can be seen");
export type Evidence = z.infer<typeof Evidence>;

/** A file worth reading, with the range that matters. */
export const KeyFile = z.strictObject({
	path: existingPath("The file to read"),
	why: line("Why it matters for this task"),
	start_line: lineNumber("First line of the range to read"),
	end_line: lineNumber("Last line of the range to read, not before start_line"),
});
export type KeyFile = z.infer<typeof KeyFile>;

export const KeyFiles = z
	.array(KeyFile)
	.min(5)
	.max(10)
	.describe(
		"5 to 10 key files; where the repository has fewer files, other ranges of the same ones",
	);
