import { parentPort, workerData } from "node:worker_threads";
import { readParquet } from "../table/read-parquet.ts";
import { pictureOf } from "./profile-table.ts";

const { path, bytes } = workerData as { path: string; bytes: Uint8Array };

try {
	const table = await readParquet(path, bytes);
	parentPort?.postMessage(pictureOf(table, bytes));
} catch (error) {
	const fault = error instanceof Error ? error.message : String(error);
	parentPort?.postMessage({ fault: fault.slice(0, 300) });
}
