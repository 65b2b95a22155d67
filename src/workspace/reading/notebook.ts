// A Jupyter notebook as lines of text: its cells, and what they put out in a
// word each. Its JSON is many times longer than its code and never shown.
import { z } from "zod";

const Source = z
	.union([z.string(), z.array(z.string())])
	.transform((source) => (Array.isArray(source) ? source.join("") : source));

const Notebook = z.object({
	cells: z.array(
		z.object({
			cell_type: z.string(),
			source: Source.default(""),
			outputs: z.array(z.record(z.string(), z.unknown())).default([]),
		}),
	),
});

/** Undefined when the text is no notebook that we can read. */
export function notebookLines(text: string): string[] | undefined {
	const notebook = parse(text);
	return notebook?.cells.flatMap((cell, index) => [
		`# %% [cell ${index} ${cell.cell_type}]`,
		...cell.source.split("\n"),
		...cell.outputs.map((output) => `[output: ${describe(output)}]`),
	]);
}

function parse(text: string): z.infer<typeof Notebook> | undefined {
	try {
		return Notebook.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}

function describe(output: Record<string, unknown>): string {
	const text = Source.safeParse(output.text);
	if (text.success) return `text ${text.data.length} chars`;
	if (output.output_type === "error") return `error ${String(output.ename)}`;
	return Object.keys(Object(output.data)).join(" | ") || "empty";
}
