import { parse } from "csv-parse/sync";
import { formatOf, type Table, type TableFault } from "./table.ts";

export interface TableLimits {
	readonly rows: number;
	readonly bytes: number;
}

const LIMITS: TableLimits = { rows: 200_000, bytes: 64 * 1024 * 1024 };
const MOST_COLUMNS = 2_000;

/** Reads CSV, TSV (both with a header) or JSON lines. Must not throw. */
export function readTable(
	path: string,
	bytes: Uint8Array,
	limits: TableLimits = LIMITS,
): Table | TableFault {
	const format = formatOf(path);
	if (!format)
		return { path, fault: `${path} is not a .csv, .tsv or .jsonl file` };
	if (bytes.subarray(0, 8_000).includes(0))
		return { path, fault: `${path} is binary, not text` };
	const cut = bytes.length > limits.bytes;
	const known = cut ? bytes.subarray(0, limits.bytes) : bytes;
	const utf8 = decodeUtf8(known);
	let text = utf8 ?? Buffer.from(known).toString("latin1");
	if (text.startsWith("\uFEFF")) text = text.slice(1);
	if (text.startsWith("version https://git-lfs"))
		return { path, fault: `${path} is a Git LFS pointer; its data is absent` };
	// The last line of a cut file is half a record.
	if (cut) text = text.slice(0, text.lastIndexOf("\n") + 1);
	try {
		const delimiter = format === "tsv" ? "\t" : delimiterOf(text);
		const { columns, rows } =
			format === "jsonl"
				? readLines(text, limits.rows)
				: readDelimited(text, delimiter, limits.rows);
		const truncated = cut || rows.length > limits.rows;
		return {
			path,
			format,
			columns,
			rows: rows.length > limits.rows ? rows.slice(0, limits.rows) : rows,
			truncated,
			...(delimiter === ";" ? { delimiter } : {}),
			...(utf8 === undefined ? { encoding: "latin1" } : {}),
		};
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { path, fault: `${path} cannot be read as ${format}: ${why}` };
	}
}

/** undefined where it is none; the end may be cut. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes, {
			stream: true,
		});
	} catch {
		return undefined;
	}
}

/** Where the comma is a decimal one, tables are written with semicolons. */
function delimiterOf(text: string): string {
	const header = text.slice(0, text.indexOf("\n")).replace(/"[^"]*"/g, "");
	return header.includes(";") && !header.includes(",") ? ";" : ",";
}

type Content = { columns: string[]; rows: string[][] };

function readDelimited(
	text: string,
	delimiter: string,
	mostRows: number,
): Content {
	const [header, ...rows] = parse(text, {
		delimiter,
		skip_empty_lines: true,
		// One more than wanted (and the header), so that truncation shows.
		to: mostRows + 2,
	}) as string[][];
	if (!header) throw new Error("it is empty; a header line was expected");
	const columns = named(header);
	checkColumns(columns);
	return { columns, rows };
}

/** Several columns without a name are called as pandas does. */
const named = (header: readonly string[]): string[] =>
	header.filter((name) => name === "").length > 1
		? header.map((name, at) => name || `Unnamed: ${at}`)
		: [...header];

function readLines(text: string, mostRows: number): Content {
	const records: Record<string, unknown>[] = [];
	const columns = new Set<string>();
	for (const [index, line] of text.split("\n").entries()) {
		if (!line.trim()) continue;
		const record: unknown = parseLine(line, index + 1);
		if (typeof record !== "object" || record === null || Array.isArray(record))
			throw new Error(`line ${index + 1} is not a JSON object`);
		for (const key of Object.keys(record)) columns.add(key);
		records.push(record as Record<string, unknown>);
		if (records.length > mostRows) break;
	}
	if (records.length === 0) throw new Error("it holds no record");
	const names = [...columns];
	checkColumns(names);
	return {
		columns: names,
		rows: records.map((record) => names.map((name) => cellOf(record[name]))),
	};
}

function parseLine(line: string, number: number): unknown {
	try {
		return JSON.parse(line);
	} catch {
		throw new Error(`line ${number} is not JSON`);
	}
}

function cellOf(value: unknown): string {
	if (value === null || value === undefined) return "";
	return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function checkColumns(columns: readonly string[]): void {
	if (columns.length > MOST_COLUMNS)
		throw new Error(
			`it has ${columns.length} columns; up to ${MOST_COLUMNS} are read`,
		);
	const repeated = columns.find((name, i) => columns.indexOf(name) !== i);
	if (repeated !== undefined)
		throw new Error(`the header names the column "${repeated}" twice`);
}
