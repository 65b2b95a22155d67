import {
	type FileMetaData,
	parquetMetadata,
	parquetReadObjects,
	parquetSchema,
} from "hyparquet";
import { cellText } from "./cell-text.ts";
import { DECOMPRESSORS } from "./decompressors.ts";
import type { Table } from "./table.ts";

const MOST_COLUMNS = 2_000;
const MOST_ROWS = 20_000;
const MOST_CELLS = 500_000;
const MOST_METADATA = 8 * 1_024 * 1_024;

/** The first rows of a file, as text. Throws for what is no Parquet. */
export async function readParquet(
	path: string,
	bytes: Uint8Array,
): Promise<Table> {
	checkFrame(bytes);
	const metadata = parquetMetadata(bytes, { geoparquet: false });
	const columns = columnsOf(metadata);
	const total = Number(metadata.num_rows);
	const most = Math.min(MOST_ROWS, Math.floor(MOST_CELLS / columns.length));
	const records = await parquetReadObjects({
		file: {
			byteLength: bytes.length,
			slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
		},
		metadata,
		geoparquet: false,
		rowEnd: Math.min(total, most),
		compressors: DECOMPRESSORS,
	});
	return {
		path,
		format: "parquet",
		columns,
		rows: records.map((record) =>
			columns.map((name) => cellText(record[name])),
		),
		truncated: total > records.length,
		totalRows: total,
	};
}

function checkFrame(bytes: Uint8Array): void {
	const text = (at: number, length: number) =>
		Buffer.from(bytes.subarray(at, at + length)).toString("latin1");
	if (text(0, 23) === "version https://git-lfs")
		throw new Error("it is a Git LFS pointer; its data is absent");
	if (bytes.length < 12 || text(bytes.length - 4, 4) !== "PAR1")
		throw new Error("it does not end as such a file does; it may be cut off");
	const end = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (end.getUint32(bytes.length - 8, true) > MOST_METADATA)
		throw new Error("its description is larger than 8 MB");
}

/** A nested column counts as one; its cells are shown as JSON. */
function columnsOf(metadata: FileMetaData): string[] {
	const names = parquetSchema(metadata).children.map((e) => e.element.name);
	if (names.length === 0) throw new Error("it has no columns");
	if (names.length > MOST_COLUMNS)
		throw new Error(
			`it has ${names.length} columns; up to ${MOST_COLUMNS} are read`,
		);
	const repeated = names.find((name, i) => names.indexOf(name) !== i);
	if (repeated !== undefined)
		throw new Error(`it names the column "${repeated}" twice`);
	return names;
}
