import type { DataProfile } from "../../reports/data.ts";
import { isParquet, type TableFault } from "../table/table.ts";
import { profileParquet } from "./profile-parquet.ts";
import { profileTable } from "./profile-table.ts";

/** Must not throw: what cannot be read as a table is a fault. */
export async function profileFile(
	path: string,
	bytes: Uint8Array,
): Promise<DataProfile | TableFault> {
	return isParquet(path)
		? profileParquet(path, bytes)
		: profileTable(path, bytes);
}
