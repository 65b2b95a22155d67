import type { DataProfile } from "../../reports/data.ts";
import { isParquet, type TableFault } from "../table/table.ts";
import { profileApart } from "./profile-apart.ts";
import { profileTable } from "./profile-table.ts";

/** A smaller text takes less time than a thread to begin. */
const LARGE = 1_000_000;

/** Must not throw: what cannot be read as a table is a fault. */
export async function profileFile(
	path: string,
	bytes: Uint8Array,
): Promise<DataProfile | TableFault> {
	return isParquet(path) || bytes.length > LARGE
		? profileApart(path, bytes)
		: profileTable(path, bytes);
}
