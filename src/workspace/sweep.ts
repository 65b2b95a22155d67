// Removes checkouts that nobody has used for a while, and the caches of
// repositories that have none left. What is needed again is fetched again.
import { readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Notes that a checkout is in use; false when it is gone. */
export async function markUsed(root: string): Promise<boolean> {
	const now = new Date();
	return utimes(root, now, now).then(
		() => true,
		() => false,
	);
}

/** `needed`: `<checkout place>/<commit>` of what must stay however idle it is. */
export async function sweepTrees(
	dataDir: string,
	needed: ReadonlySet<string>,
	idleMs: number,
): Promise<void> {
	const isIdle = async (path: string) => {
		const found = await stat(path).catch(() => undefined);
		return found !== undefined && Date.now() - found.mtimeMs > idleMs;
	};
	const trees = join(dataDir, "trees");
	const caches = join(dataDir, "repositories");
	for (const repository of await namesIn(trees))
		for (const sha of await namesIn(join(trees, repository))) {
			const root = join(trees, repository, sha);
			if (needed.has(`${repository}/${sha}`) || !(await isIdle(root))) continue;
			await discard(root);
			await rm(join(caches, `${repository}.listings`, sha), { force: true });
		}
	const alive = new Set([...needed].map((name) => name.split("/")[0]));
	for (const name of await namesIn(caches)) {
		const [repository = ""] = name.split(".");
		const left = await namesIn(join(trees, repository));
		const cache = join(caches, name);
		if (!alive.has(repository) && left.length === 0 && (await isIdle(cache)))
			await discard(cache);
	}
}

/** Names that begin with a dot are drafts, or on their way out. */
const namesIn = async (folder: string): Promise<string[]> =>
	(await readdir(folder).catch(() => [])).filter(
		(name) => !name.startsWith("."),
	);

/** Moved first: nobody may meet a half-deleted folder under its name. */
async function discard(path: string): Promise<void> {
	const away = join(dirname(path), `.gone-${crypto.randomUUID()}`);
	const moved = await rename(path, away).then(
		() => true,
		() => false,
	);
	if (moved) await rm(away, { recursive: true, force: true });
}
