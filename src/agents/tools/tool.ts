// What a reading tool is. Tools look at one commit of one repository and nothing else.
import { z } from "zod";
import type { ToolDefinition } from "../../model/messages.ts";
import type { Tree } from "../../workspace/tree.ts";

/** `message` says what to do next; the model reads it. */
export type Reading =
	| { readonly ok: true; readonly text: string }
	| { readonly ok: false; readonly code: string; readonly message: string };

export interface ReadingTool<S extends z.ZodType = z.ZodType> {
	readonly name: string;
	readonly description: string;
	readonly input: S;
	/** Must not write; a failure is a value. */
	read(tree: Tree, input: z.infer<S>): Reading | Promise<Reading>;
}

/** A path a tool takes; what it is for stands first. */
export const path = (what: string) =>
	z
		.string()
		.min(1)
		.max(400)
		.meta({ format: "repository-path" })
		.describe(
			`${what}. POSIX path relative to the repository's root, no leading slash, no '..'`,
		);

/** Keeps the type of `input` for `read`, then forgets it for the table of tools. */
export const readingTool = <S extends z.ZodType>(
	tool: ReadingTool<S>,
): ReadingTool => tool as unknown as ReadingTool;

/** The whole demand on the input, as JSON Schema: nothing is left for a model to guess. */
export function inputSchema(schema: z.ZodType): ToolDefinition["input_schema"] {
	const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input" });
	return rest as ToolDefinition["input_schema"];
}
