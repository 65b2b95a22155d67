// The tree a system under test may see: nothing in it says a held-out label.
import { writeDelimited } from "../table/write-table.ts";
import { answersOf } from "./known-answers.ts";
import type { Split } from "./split.ts";
import { MADE_ID, type Subject } from "./subject.ts";

export interface SafeTree {
	readonly files: ReadonlyMap<string, Uint8Array>;
	/** Files left out because they hold, or could hold, held-out rows. */
	readonly withheld: readonly string[];
	/** Those of them that are code which brings the labels along. */
	readonly answering: readonly string[];
}

/** Formats that cannot be searched for rows; a fitted model among them knows them, too. */
const OPAQUE =
	/\.(gz|bz2|xz|zst|zip|tar|tgz|7z|parquet|feather|arrow|pkl|pickle|joblib|npy|npz|h5|hdf5|xlsx?|db|sqlite3?|duckdb|onnx|pt|pth|safetensors)$/i;

/** A task may be about these, and hardly anybody keeps rows in them. */
const MEDIA =
	/\.(png|jpe?g|gif|webp|bmp|tiff?|svg|ico|wav|mp3|flac|ogg|mp4|avi|mov|webm|pdf|ttf|otf|woff2?)$/i;

const isOpaque = (path: string, bytes: Uint8Array) =>
	OPAQUE.test(path) || (!MEDIA.test(path) && isBinary(bytes));

/** As git sees it: a NUL byte near the beginning. */
const isBinary = (bytes: Uint8Array) => bytes.subarray(0, 8_000).includes(0);

const CODE = /\.(py|pyx|ipynb)$/i;

/** More than this many held-out rows in another file is a copy, not a coincidence. */
const COINCIDENCE = 2;

/**
 * The repository with the contract's table replaced by its training part.
 * Other files that repeat held-out rows are left out, and so are formats that
 * hide their content. Code that computes the rows anew is not recognised.
 */
export function withholdLabels(
	files: ReadonlyMap<string, Uint8Array>,
	subject: Subject,
	split: Split,
	{ opaque = "left out" }: { readonly opaque?: "left out" | "kept" } = {},
): SafeTree {
	const { data } = subject.contract;
	const known = rowKeys(subject, split.heldOut);
	const safe = new Map<string, Uint8Array>();
	const withheld: string[] = [];
	const answering: string[] = [];
	const knowsAnswers = answersOf(subject, split);
	for (const [path, bytes] of files) {
		if (path === data) continue;
		const isHidden = isOpaque(path, bytes);
		const answers = !isHidden && knowsAnswers(bytes);
		const unsafe = isHidden
			? opaque === "left out"
			: answers || repeatsRows(bytes, known);
		if (answers && CODE.test(path)) answering.push(path);
		if (unsafe) withheld.push(path);
		else safe.set(path, bytes);
	}
	safe.set(data, tableOf(subject, split.training));
	return { files: safe, withheld, answering };
}

/** Whether a file says held-out labels: as rows of the table, or beside their ids. */
export function tellerOf(
	subject: Subject,
	split: Split,
): (bytes: Uint8Array) => boolean {
	const known = rowKeys(subject, split.heldOut);
	const knowsAnswers = answersOf(subject, split);
	return (bytes) => knowsAnswers(bytes) || repeatsRows(bytes, known);
}

/** The table as it is in the repository, of some rows: without an id that was made for it. */
export function fileOf(subject: Subject, rows: readonly number[]): Uint8Array {
	const { table } = subject;
	const at = table.columns.indexOf(MADE_ID);
	if (at < 0) return tableOf(subject, rows);
	const cut = (cells: readonly string[]) => cells.toSpliced(at, 1);
	const plain = { columns: cut(table.columns), rows: table.rows.map(cut) };
	return tableOf({ ...subject, table: { ...table, ...plain } }, rows);
}

/** Delimiter and encoding, as the repository's code reads them. */
const formOf = ({ table }: Subject) =>
	[
		table.delimiter ?? (table.format === "tsv" ? "\t" : ","),
		table.encoding,
	] as const;

/** The rows in the table's own format, with all columns. */
export function tableOf(subject: Subject, rows: readonly number[]): Uint8Array {
	const { columns, rows: all } = subject.table;
	return writeDelimited(
		columns,
		rows.map((row) => all[row] as readonly string[]),
		...formOf(subject),
	);
}

/** The same without the label column, after `change` has passed over each row. */
export function featuresOf(
	subject: Subject,
	rows: readonly number[],
	change: (cells: readonly string[]) => readonly string[] = (cells) => cells,
): Uint8Array {
	const { columns, rows: all } = subject.table;
	const label = columns.indexOf(subject.contract.label);
	const without = (cells: readonly string[]) => cells.toSpliced(label, 1);
	return writeDelimited(
		without(columns),
		rows.map((row) => without(change(all[row] as readonly string[]))),
		...formOf(subject),
	);
}

/** A row as its words in order: blind to delimiters, quotes and spacing. */
function rowKeys(subject: Subject, rows: readonly number[]): Set<string> {
	const made = subject.table.columns.indexOf(MADE_ID);
	return new Set(
		rows.map((row) => {
			const cells = subject.table.rows[row] ?? [];
			return wordsOf((made < 0 ? cells : cells.toSpliced(made, 1)).join(" "));
		}),
	);
}

function repeatsRows(bytes: Uint8Array, known: ReadonlySet<string>): boolean {
	let found = 0;
	for (const line of new TextDecoder().decode(bytes).split("\n"))
		if (known.has(wordsOf(line)) && ++found > COINCIDENCE) return true;
	return false;
}

function wordsOf(line: string): string {
	return line.match(/[\p{L}\p{N}.-]+/gu)?.join(" ") ?? "";
}
