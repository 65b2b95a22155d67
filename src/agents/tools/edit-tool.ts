// What an edit tool is: from one file's content and a call's input to its new
// content. Permission, limits, syntax and what has been read are judged around it.
import type { z } from "zod";

export interface OldFile {
	readonly path: string;
	/** As it stands with this writer's edits so far; undefined: there is none. */
	readonly content?: string;
	/** As the repository has it. */
	readonly original?: string;
	/** This run brought it, in this pull request or one below. */
	readonly isOurs: boolean;
	/** Its line numbers are no longer those that were shown. */
	readonly isStale: boolean;
}

export type Written =
	| {
			readonly ok: true;
			/** Null: the file is deleted. */
			readonly content: string | null;
			/** What the model is told. */
			readonly say: string;
			/** Python that must parse no worse than before. */
			readonly python?: { readonly before: string; readonly after: string };
	  }
	| { readonly ok: false; readonly code: string; readonly message: string };

export interface EditTool<S extends z.ZodType = z.ZodType> {
	readonly name: string;
	readonly description: string;
	readonly input: S;
	/** "read": an existing file whose content the agent knows. */
	readonly needs: "read" | "existing" | "nothing";
	/** Must not throw, and must not do anything but answer. */
	write(file: OldFile, input: z.infer<S>): Written;
}

/** Keeps the type of `input` for `write`, then forgets it for the table of tools. */
export const editTool = <S extends z.ZodType>(tool: EditTool<S>): EditTool =>
	tool as unknown as EditTool;
