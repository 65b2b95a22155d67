// One process per data folder. The lock is the kernel's lock on an SQLite file:
// it dies with its holder, so nothing stale can block, also across containers.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { SetupError } from "../../errors.ts";

/** Gives back the release. Throws a SetupError while another process holds the folder. */
export function lockFolder(folder: string): () => void {
	const holder = join(folder, "lock.pid");
	const lock = new DatabaseSync(join(folder, "lock"), { timeout: 0 });
	try {
		lock.exec("pragma locking_mode = exclusive; begin exclusive");
	} catch {
		lock.close();
		throw new SetupError(
			`Another Modelwright process${pidIn(holder)} already works in ${folder}. ` +
				"Stop it first, or give this one another DATA_DIR; several processes can only share a database through DATABASE_URL.",
		);
	}
	writeFileSync(holder, `${process.pid}\n`);
	return () => lock.close();
}

function pidIn(file: string): string {
	try {
		return ` (pid ${Number(readFileSync(file, "utf8"))})`;
	} catch {
		return "";
	}
}
