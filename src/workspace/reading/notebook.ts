// A Jupyter notebook as lines of text: its cells, and what they put out in a
// word each. Its JSON is many times longer than its code and never shown.
import { z } from "zod";

const Source = z
	.union([z.string(), z.array(z.string())])
	.transform((source) => (Array.isArray(source) ? source.join("") : source));

const Cells = z.array(
	z.object({
		cell_type: z
			.string()
			.regex(/^\w{1,20}$/)
			.catch("unknown"),
		source: Source.optional().catch(undefined),
		/** Format 3 called a code cell's source so. */
		input: Source.optional().catch(undefined),
		execution_count: z.number().int().nullish().catch(undefined),
		outputs: z.array(z.record(z.string(), z.unknown())).catch([]),
	}),
);

const Notebook = z.union([
	z.object({ cells: Cells }).transform(({ cells }) => cells),
	z
		.object({ worksheets: z.array(z.object({ cells: Cells })) })
		.transform(({ worksheets }) => worksheets.flatMap(({ cells }) => cells)),
]);

const MOST_OUTPUTS = 6;

/** Undefined when the text is no notebook that we can read. */
export function notebookLines(text: string): string[] | undefined {
	return notebookCells(text)?.flatMap(({ type, lines, output }, index) => [
		`# %% [cell ${index} ${type}]`,
		...lines,
		...(output === undefined ? [] : [output]),
	]);
}

export interface Cell {
	/** "code", "markdown" or "raw". */
	readonly type: string;
	readonly lines: readonly string[];
	/** What it put out, in one line. */
	readonly output?: string;
	/** The number in its brackets: when it last ran. */
	readonly ran?: number;
	/** Where its lines begin among `notebookLines`, from 1. */
	readonly line: number;
}

/** Undefined when the text is no notebook that we can read. */
export function notebookCells(text: string): Cell[] | undefined {
	let next = 1;
	return parse(text)?.map(
		({ cell_type, source, input, outputs, execution_count }) => {
			const lines = (source ?? input ?? "").split(/\r?\n|\r/);
			const shown =
				outputs.length > 0 ? { output: `[output: ${summarise(outputs)}]` } : {};
			const line = next + 1;
			next = line + lines.length + outputs.slice(0, 1).length;
			const ran = execution_count ? { ran: execution_count } : {};
			return { type: cell_type, lines, line, ...shown, ...ran };
		},
	);
}

function parse(text: string): z.infer<typeof Notebook> | undefined {
	try {
		return Notebook.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}

type Output = Readonly<Record<string, unknown>>;

function summarise(outputs: readonly Output[]): string {
	const words = outputs.slice(0, MOST_OUTPUTS).map(describe);
	const more = outputs.length - words.length;
	if (more > 0) words.push(`${more} more`);
	return words.join(" | ");
}

function describe(output: Output): string {
	const data = Object(output.data) as Output;
	if (output.output_type === "error")
		return `error ${oneWord(String(output.ename))}`;
	const kinds = Object.keys(data).filter((kind) => kind !== "text/plain");
	if (kinds.length > 0) return kinds.slice(0, 3).map(oneWord).join(", ");
	const text = Source.safeParse(output.text ?? data["text/plain"]);
	return text.success ? `text ${text.data.length} chars` : "empty";
}

/** Names in a notebook are a stranger's: no line breaks, no length. */
const oneWord = (name: string) =>
	name.replace(/[^\w.+/:-]+/g, "_").slice(0, 60) || "unnamed";
