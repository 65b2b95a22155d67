import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git, tryGit } from "./run.ts";

/** The merged tree, or null when the two conflict. */
export async function mergeTrees(
	directory: string,
	base: string,
	head: string,
): Promise<string | null> {
	const args = ["merge-tree", "--write-tree", base, head];
	const result = await tryGit(directory, args);
	if (result.code > 1) throw new Error(result.stderr);
	if (result.code === 1) return null;
	return result.stdout.toString().slice(0, 40);
}

/** The tip after replaying head's own commits upon base, or null when one conflicts. */
export async function rebase(
	directory: string,
	base: string,
	head: string,
): Promise<string | null> {
	const folder = await mkdtemp(join(tmpdir(), "forge-rebase-"));
	try {
		await git(directory, "worktree", "add", "-q", "--detach", folder, head);
		const own = join(folder, ".git");
		const replay = ["--work-tree", folder, "rebase", "--force-rebase", base];
		if ((await tryGit(own, replay)).code !== 0) return null;
		return (await git(own, "rev-parse", "HEAD")).trim();
	} finally {
		await rm(folder, { recursive: true, force: true });
		await git(directory, "worktree", "prune");
	}
}
