// One cell of a Jupyter notebook, edited in place: the rest of the file stays,
// in the form that notebook programs write.
import { z } from "zod";
import { type Replaced, replaceOnce } from "./replace-once.ts";

const Notebook = z.looseObject({
	cells: z.array(
		z.looseObject({
			cell_type: z.string(),
			source: z.union([z.string(), z.array(z.string())]),
		}),
	),
});

export type EditedCell =
	| {
			readonly ok: true;
			/** The whole notebook as text. */
			readonly content: string;
			/** The cell's source, before and after. */
			readonly before: string;
			readonly after: string;
			readonly isCode: boolean;
			readonly at: number;
	  }
	| Extract<Replaced, { ok: false }>
	| {
			readonly ok: false;
			readonly code: "E_RANGE" | "E_FORMAT";
			readonly message: string;
	  };

export interface CellEdit {
	readonly path: string;
	readonly content: string;
	readonly cell: number;
	readonly old: string;
	readonly new: string;
}

export function editCell(edit: CellEdit): EditedCell {
	const { path, content } = edit;
	const notebook = parse(content);
	if (!notebook)
		return {
			ok: false,
			code: "E_FORMAT",
			message: `${path} is no notebook of format 4; only such cells can be edited`,
		};
	const cell = notebook.cells[edit.cell];
	if (!cell)
		return {
			ok: false,
			code: "E_RANGE",
			message: `${path} has cells 0 to ${notebook.cells.length - 1}, as view numbers them`,
		};
	const asLines = Array.isArray(cell.source);
	const before = [cell.source].flat().join("");
	const replaced = replaceOnce({
		path: `cell ${edit.cell} of ${path}`,
		content: before,
		original: before,
		old: edit.old,
		new: edit.new,
	});
	if (!replaced.ok) return replaced;
	const after = replaced.content;
	cell.source = asLines ? linesOf(after) : after;
	const isCode = cell.cell_type === "code";
	if (isCode) Object.assign(cell, { outputs: [], execution_count: null });
	const text = JSON.stringify(notebook, null, 1);
	return {
		ok: true,
		content: content.endsWith("\n") ? `${text}\n` : text,
		...{ before, after, isCode, at: replaced.at },
	};
}

/** Each with its line break, as notebooks keep them. */
const linesOf = (source: string) =>
	source.split(/(?<=\n)/).filter((line) => line !== "");

/** As it was read, key by key and each number as it was spelt, so that only the cell differs. */
function parse(text: string): z.infer<typeof Notebook> | undefined {
	try {
		const notebook = Json.parse(text, (_, value, { source }) =>
			typeof value === "number" && source ? Json.rawJSON(source) : value,
		);
		return Notebook.safeParse(notebook).success ? notebook : undefined;
	} catch {
		return undefined;
	}
}

/** Part of the language since 2025; TypeScript's library does not know it yet. */
const Json = JSON as unknown as {
	parse(
		text: string,
		reviver: (
			key: string,
			value: unknown,
			context: { readonly source?: string },
		) => unknown,
	): z.infer<typeof Notebook>;
	rawJSON(source: string): unknown;
};
