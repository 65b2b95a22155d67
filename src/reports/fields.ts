// The fields submissions are made of. Each says in its JSON Schema all that it
// demands, so that any model (or generator) can fill it from the schema alone.
// Every request carries these schemas: what code can set right is not said.
import { z } from "zod";

const cutAt = (most: number) => (text: string) =>
	text.length > most ? `${text.slice(0, most - 1)}…` : text;

const described = <S extends z.ZodType>(schema: S, what?: string) =>
	what ? schema.describe(what) : schema;

/** A few words; beyond 200 characters they are cut. */
export const line = (what?: string) =>
	described(
		z
			.string()
			.trim()
			.transform((words) => cutAt(200)(words) || "(not said)"),
		what,
	);

/** A paragraph of Markdown; beyond 4,000 characters it is cut. */
export const text = (what?: string) =>
	described(
		z.string().trim().min(3).meta({ maxLength: 4_000 }).transform(cutAt(4_000)),
		what,
	);

const PATH = "Path of an EXISTING file";

/** A file that exists in the repository at the commit under study. */
export const existingPath = (what = PATH) =>
	z.string().meta({ format: "repository-path" }).describe(what);

/**
 * Places that are left to people, as a pattern: whatever starts with a dot, code
 * owners, agents' instructions, lock files and keys. `run/policy.ts` judges; this only tells.
 */
const NOT_PROTECTED =
	"(?![.]|.*/[.])(?!(.*/)?(CODEOWNERS|(AGENTS|CLAUDE|GEMINI)[.]md|.*([.-]lock([.](json|ya?ml))?|[.](pem|key|p12|pfx)))$)";

/** An existing file that a change may edit. */
export const editablePath = (what = PATH) =>
	z
		.string()
		.regex(new RegExp(`^${NOT_PROTECTED}`))
		.meta({ format: "repository-path" })
		.describe(what);

/** A file a change creates or rewrites whole; protected places are excluded by the pattern. */
export const writablePath = (what: string) =>
	z
		.string()
		.max(200)
		.regex(new RegExp(`^${NOT_PROTECTED}(?!.*//)[A-Za-z0-9_][\\w./-]*[\\w-]$`))
		.meta({ format: "new-repository-path" })
		.describe(what);

/** 1-based line number in the file named beside it; outside of it, its first or last one. */
export const lineNumber = () =>
	z.number().int().meta({ format: "line-number" });

/** Text copied character by character out of the file named beside it. */
export const quote = (what: string) =>
	z
		.string()
		.min(1)
		.max(2_000)
		.meta({ format: "quote" })
		.describe(`${what}: whole lines, verbatim, without line numbers`);

/** A place in the repository that supports a statement. */
export const Evidence = z.object({ path: existingPath(), line: lineNumber() });
export type Evidence = z.infer<typeof Evidence>;

/** A file worth reading, with the range that matters. */
export const KeyFile = z.object({
	path: existingPath(),
	why: line(),
	start_line: lineNumber(),
	end_line: lineNumber(),
});
export type KeyFile = z.infer<typeof KeyFile>;

export const KeyFiles = z
	.array(KeyFile)
	.min(5)
	.max(10)
	.describe("Where there are too few, further ranges of the same");
