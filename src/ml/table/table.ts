// A table as text: what a data file says before anybody interprets it.

/** Rows are as wide as `columns`; a cell is the text of the file. */
export interface Table {
	readonly path: string;
	readonly format: TextFormat | "parquet";
	readonly columns: readonly string[];
	readonly rows: readonly (readonly string[])[];
	/** true when only the first part of a large file was read. */
	readonly truncated: boolean;
	/** Between cells, where it is neither the comma of a .csv nor the tab of a .tsv. */
	readonly delimiter?: string;
	/** Text that is not UTF-8 is taken for Latin-1, in which every byte is a letter. */
	readonly encoding?: "latin1";
	/** Of the whole file, where it tells. */
	readonly totalRows?: number;
}

export type TextFormat = "csv" | "tsv" | "jsonl";

/** Why a file could not be read as a table, in words for people. */
export interface TableFault {
	readonly path: string;
	readonly fault: string;
}

export function isFault(result: object): result is TableFault {
	return "fault" in result;
}

/** Of a table that is text; undefined for all else. */
export function formatOf(path: string): TextFormat | undefined {
	return /\.(csv|tsv|jsonl)$/i.exec(path)?.[1]?.toLowerCase() as
		| TextFormat
		| undefined;
}

export const isParquet = (path: string) => /\.(parquet|pq)$/i.test(path);

/** The column's cells, top to bottom; undefined when there is no such column. */
export function columnOf(table: Table, name: string): string[] | undefined {
	const index = table.columns.indexOf(name);
	return index < 0 ? undefined : table.rows.map((row) => row[index] ?? "");
}

const MISSING = new Set(["", "na", "n/a", "nan", "null", "none", "?"]);

/** The spellings of "no value" that table readers agree on. */
export function isMissing(cell: string): boolean {
	return MISSING.has(cell.trim().toLowerCase());
}
