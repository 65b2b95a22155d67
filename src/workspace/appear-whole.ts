// A folder that is there whole or not at all.
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** `fill` writes into a draft, which takes its name only when all is written. */
export async function appearWhole(
	root: string,
	fill: (draft: string) => Promise<void>,
): Promise<void> {
	const folder = dirname(root);
	await mkdir(folder, { recursive: true });
	await removeLeftovers(folder);
	const draft = join(folder, `.draft-${process.pid}-${crypto.randomUUID()}`);
	try {
		await mkdir(draft);
		await fill(draft);
		await rename(draft, root);
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
}

/** Of processes that were killed; a living one takes minutes, not an hour. */
async function removeLeftovers(folder: string): Promise<void> {
	for (const name of await readdir(folder)) {
		if (!name.startsWith(".draft-")) continue;
		const path = join(folder, name);
		const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
		if (Date.now() - mtimeMs > 3_600_000)
			await rm(path, { recursive: true, force: true });
	}
}
