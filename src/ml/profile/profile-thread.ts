import { parentPort, workerData } from "node:worker_threads";
import { readParquet } from "../table/read-parquet.ts";
import { isParquet } from "../table/table.ts";
import { pictureOf, profileTable } from "./profile-table.ts";

const { path, bytes } = workerData as { path: string; bytes: Uint8Array };

async function profile() {
	if (!isParquet(path)) return profileTable(path, bytes);
	try {
		return pictureOf(await readParquet(path, bytes), bytes);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return { path, fault: `${path} cannot be profiled: ${why.slice(0, 300)}` };
	}
}

parentPort?.postMessage(await profile());
