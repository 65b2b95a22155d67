// The picture of a data file that our own code takes, for phases 2 and 3.
import { createHash } from "node:crypto";
import type { DataProfile } from "../../reports/data.ts";
import { readTable, type TableLimits } from "../table/read-table.ts";
import { isFault, type Table, type TableFault } from "../table/table.ts";
import { classBalance } from "./class-balance.ts";
import { profileColumn } from "./column.ts";
import { correlations } from "./correlations.ts";
import { groupRepeats } from "./group-repeats.ts";

/** Must not throw: what cannot be read as a table is a fault. */
export function profileTable(
	path: string,
	bytes: Uint8Array,
	limits?: TableLimits,
): DataProfile | TableFault {
	const table = readTable(path, bytes, limits);
	return isFault(table) ? table : pictureOf(table, bytes);
}

/** `bytes` are the file's, for its digest. */
export function pictureOf(table: Table, bytes: Uint8Array): DataProfile {
	const cells = table.columns.map((_, index) =>
		table.rows.map((row) => row[index] ?? ""),
	);
	const columns = table.columns.map((name, index) =>
		profileColumn(name, cells[index] ?? []),
	);
	return {
		path: table.path,
		format: table.format,
		digest: createHash("sha256").update(bytes).digest("hex"),
		rows: table.rows.length,
		truncated: table.truncated,
		...(table.totalRows === undefined ? {} : { totalRows: table.totalRows }),
		columns,
		duplicateRows: duplicateRows(table),
		correlations: correlations(columns, cells),
		classBalance: classBalance(columns, cells),
		groupRepeats: groupRepeats(columns, cells),
	};
}

/** Rows that repeat an earlier row in every cell. */
function duplicateRows(table: Table): number {
	const seen = new Set(table.rows.map((row) => row.join("\u0000")));
	return table.rows.length - seen.size;
}
