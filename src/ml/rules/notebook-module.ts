// A notebook as one module: its code cells in order, each line where it stands in
// the file, so that what is found can be shown on the file's own lines.
import { type Cell, notebookCells } from "../../workspace/reading/notebook.ts";
import { isPythonCell, withoutMagic } from "../python/notebook-code.ts";

export interface NotebookModule {
	readonly source: string;
	/** Its code cells in order. */
	readonly cells: readonly ModuleCell[];
}

export interface ModuleCell {
	/** Among all cells, from 0. */
	readonly index: number;
	/** In `source`, from 1; both included. */
	readonly startLine: number;
	readonly endLine: number;
	/** When it last ran, as its brackets say. */
	readonly ran?: number;
}

/** Undefined when the text is no notebook that we can read. */
export function notebookModule(text: string): NotebookModule | undefined {
	const cells = notebookCells(text);
	if (!cells) return undefined;
	const starts = linesInFile(text, cells) ?? cells.map(({ line }) => line);
	const lines: string[] = [];
	const shown: ModuleCell[] = [];
	for (const [index, cell] of cells.entries()) {
		const source = cell.lines.join("\n");
		if (cell.type !== "code" || !isPythonCell(source)) continue;
		const startLine = starts[index] ?? cell.line;
		for (const [i, line] of withoutMagic(source).split("\n").entries())
			lines[startLine - 1 + i] = line;
		const endLine = startLine + cell.lines.length - 1;
		const ran = cell.ran === undefined ? {} : { ran: cell.ran };
		shown.push({ index, startLine, endLine, ...ran });
	}
	return {
		source: Array.from(lines, (line) => line ?? "").join("\n"),
		cells: shown,
	};
}

/** The cells of a script that nbconvert made of a notebook; none of other scripts. */
export function exportedCells(source: string): ModuleCell[] {
	if (!source.includes("# In[")) return [];
	const lines = source.split("\n");
	const heads = lines.flatMap((line, i) => {
		const count = /^# In\[(\d*| )\]:/.exec(line)?.[1];
		return count === undefined ? [] : [{ at: i + 1, ran: Number(count) }];
	});
	return heads.map(({ at, ran }, index) => ({
		index,
		startLine: at,
		endLine: (heads[index + 1]?.at ?? lines.length + 1) - 1,
		...(ran ? { ran } : {}),
	}));
}

/**
 * Where each cell's source begins among the file's lines, from 1; undefined
 * unless each line of code has a line of the file to itself, as Jupyter writes it.
 */
function linesInFile(
	text: string,
	cells: readonly Cell[],
): number[] | undefined {
	const file = text.split("\n");
	const starts: number[] = [];
	let at = 0;
	for (const { lines } of cells) {
		const isEmpty = lines.length === 1 && lines[0] === "";
		const holds = (start: number) =>
			lines.every((line, i) =>
				isLine(file[start + i], line, i === lines.length - 1),
			);
		while (at < file.length && !begins(file[at] ?? "", isEmpty)) at++;
		while (at < file.length && !isEmpty && !holds(at + 1)) {
			at++;
			while (at < file.length && !begins(file[at] ?? "", false)) at++;
		}
		if (at >= file.length) return undefined;
		starts.push(at + 2);
		at += isEmpty ? 1 : lines.length + 1;
	}
	return starts;
}

const begins = (line: string, isEmpty: boolean) =>
	isEmpty
		? /^\s*"(source|input)": (\[\]|""|\[$)/.test(line)
		: /^\s*"(source|input)": \[\s*$/.test(line);

function isLine(raw: string | undefined, line: string, isLast: boolean) {
	const literal = raw?.trim().replace(/,$/, "");
	// A last line that ends in a line break is followed by an empty one that has no element.
	if (literal === undefined) return false;
	if (isLast && line === "" && /^\]/.test(literal)) return true;
	try {
		return String(JSON.parse(literal)).replace(/\r?\n$/, "") === line;
	} catch {
		return false;
	}
}
