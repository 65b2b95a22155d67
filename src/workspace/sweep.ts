// Removes checkouts that nobody has used for a while, the caches of
// repositories that have none left, and what was learned of files that are no
// longer read. What is needed again is fetched, or learned, again.
import { readdir, rename, rm, rmdir, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Their use is noted once a day. */
const FACTS_IDLE_MS = 7 * 86_400_000;

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
	const trees = join(dataDir, "trees");
	const caches = join(dataDir, "repositories");
	for (const repository of await namesIn(trees))
		for (const sha of await namesIn(join(trees, repository))) {
			const root = join(trees, repository, sha);
			if (needed.has(`${repository}/${sha}`) || !(await isIdle(root, idleMs)))
				continue;
			await discard(root);
			await rm(join(caches, `${repository}.listings`, sha), { force: true });
		}
	const alive = new Set([...needed].map((name) => name.split("/")[0]));
	for (const name of await namesIn(caches)) {
		const [repository = ""] = name.split(".");
		const left = await namesIn(join(trees, repository));
		const cache = join(caches, name);
		if (
			!alive.has(repository) &&
			left.length === 0 &&
			(await isIdle(cache, idleMs))
		)
			await discard(cache);
		else if (name.endsWith(".facts")) await sweepFacts(cache);
	}
}

/** A folder per version of the facts: nobody reads those of another, so they go too. */
async function sweepFacts(facts: string): Promise<void> {
	for (const version of await namesIn(facts)) {
		const folder = join(facts, version);
		for (const part of await namesIn(folder)) {
			const inside = join(folder, part);
			for (const name of await namesIn(inside)) {
				const entry = join(inside, name);
				if (await isIdle(entry, FACTS_IDLE_MS))
					await rm(entry, { force: true });
			}
			await removeIfEmpty(inside);
		}
		await removeIfEmpty(folder);
	}
}

async function isIdle(path: string, idleMs: number): Promise<boolean> {
	const found = await stat(path).catch(() => undefined);
	return found !== undefined && Date.now() - found.mtimeMs > idleMs;
}

const removeIfEmpty = (folder: string) => rmdir(folder).catch(() => {});

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
