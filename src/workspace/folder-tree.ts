import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Tree, treeOf } from "./listed-tree.ts";
import { type Absent, LARGEST_FILE } from "./listing.ts";

const NO_COMMIT = "0".repeat(40);

/** A plain folder as a tree, for the command line and for tests. */
export async function folderTree(root: string, sha = NO_COMMIT): Promise<Tree> {
	const paths: string[] = [];
	const absent: Absent[] = [];
	const visit = async (folder: string) => {
		const entries = await readdir(join(root, folder), {
			withFileTypes: true,
		}).catch((error) => {
			if (folder === "") throw error;
			absent.push({ path: folder, why: "not readable" });
			return [];
		});
		for (const entry of entries) {
			if (entry.name === ".git") continue;
			const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
			if (entry.isDirectory()) await visit(path);
			else if (entry.isSymbolicLink())
				absent.push({ path, why: "symbolic link" });
			else if (entry.isFile()) {
				const found = await stat(join(root, path)).catch(() => undefined);
				if (!found) continue; // Deleted since.
				if (found.size <= LARGEST_FILE) paths.push(path);
				else absent.push({ path, why: "larger than 20 MB" });
			} else absent.push({ path, why: "not a regular file" });
		}
	};
	await visit("");
	// Whoever names the folder may read all that it links to.
	return treeOf(resolve(root), sha, paths, absent, { hardLinks: true });
}
