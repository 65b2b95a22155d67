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

/** Beyond the bounds counts as the bound: no reason to send a call back. */
export const wholeNumber = (least: number, most: number) =>
	z.int().transform((value) => Math.min(Math.max(value, least), most));

/** Keeps the type of `input` for `read`, then forgets it for the table of tools. */
export const readingTool = <S extends z.ZodType>(
	tool: ReadingTool<S>,
): ReadingTool => tool as unknown as ReadingTool;

/** The whole demand on the input, as JSON Schema: nothing is left for a model to guess. */
export function inputSchema(schema: z.ZodType): ToolDefinition["input_schema"] {
	const { $schema, ...rest } = z.toJSONSchema(schema, {
		io: "input",
		override: ({ zodSchema, jsonSchema }) => {
			leaveOutByHand(zodSchema, jsonSchema);
			if (jsonSchema.offered) jsonSchema.enum = jsonSchema.offered as string[];
			delete jsonSchema.offered;
			// Bounds of the machine, not of the demand.
			if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER)
				delete jsonSchema.maximum;
			if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER)
				delete jsonSchema.minimum;
		},
	});
	return rest as ToolDefinition["input_schema"];
}

/** What only people ask for costs no agent a token; it is accepted all the same. */
function leaveOutByHand(
	schema: z.core.$ZodTypes,
	{ properties }: z.core.JSONSchema.BaseSchema,
): void {
	if (!(schema instanceof z.ZodObject)) return;
	for (const [name, field] of Object.entries(schema.shape))
		if ((field as z.ZodType).meta()?.byHand) delete properties?.[name];
}

/** In few words: every request of every agent carries all tools. */
export function definitionOf(
	tool: Pick<ReadingTool, "name" | "description" | "input">,
): ToolDefinition {
	const { name, description, input } = tool;
	const { additionalProperties, ...schema } = inputSchema(input);
	return { name, description, input_schema: schema };
}
