// Labels that an operator keeps for a repository's table, in the server's data
// folder, where no agent and no runner looks.
import { readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { LABELS_FOLDER } from "../../ml/evaluation/operator-labels.ts";

/** `parts`: owner, repository, path of the table. undefined when there is none, or when it would lie elsewhere. */
export async function operatorFile(
	dataDir: string,
	parts: readonly string[],
): Promise<Uint8Array | undefined> {
	try {
		const folder = await realpath(
			join(dataDir, LABELS_FOLDER, ...parts.slice(0, 2)),
		);
		const path = await realpath(join(folder, ...parts.slice(2)));
		return path.startsWith(folder + sep) ? await readFile(path) : undefined;
	} catch {
		return undefined;
	}
}
