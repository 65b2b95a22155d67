// A file of a tree, read only if it is what it seems. Whatever was put in its
// place (a link, a folder that is a link, a pipe, a second name of a file that
// lies elsewhere) is no file of the tree.
import { constants, lstatSync, type Stats } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";

export interface RegularOptions {
	readonly mostBytes: number;
	/** A file may have further names outside: so in a folder of the user's own. */
	readonly hardLinks?: boolean;
}

/** Undefined for all that is not a plain file inside the root. Must not throw. */
export async function readRegular(
	root: string,
	path: string,
	{ mostBytes, hardLinks = false }: RegularOptions,
): Promise<Uint8Array | undefined> {
	if (!isRegular(root, path, hardLinks)) return undefined;
	const flags =
		constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
	const handle = await open(join(root, path), flags).catch(() => undefined);
	if (!handle) return undefined;
	try {
		const stat = await handle.stat();
		if (!stat.isFile() || stat.size > mostBytes) return undefined;
		return await handle.readFile();
	} catch {
		return undefined;
	} finally {
		await handle.close();
	}
}

export const isRegular = (root: string, path: string, hardLinks = false) =>
	endsIn(
		root,
		path,
		(last) => last.isFile() && (hardLinks || last.nlink === 1),
	);

/** "" is the root itself. */
export const isFolder = (root: string, path: string) =>
	path === "" || endsIn(root, path, (last) => last.isDirectory());

/** Looks at every part of the path; synchronously, for it takes microseconds. */
function endsIn(
	root: string,
	path: string,
	isWanted: (last: Stats) => boolean,
): boolean {
	const parts = path.split("/");
	try {
		return parts.every((_, i) => {
			const at = join(root, ...parts.slice(0, i + 1));
			const stat = lstatSync(at, { throwIfNoEntry: false });
			if (!stat) return false;
			return i < parts.length - 1 ? stat.isDirectory() : isWanted(stat);
		});
	} catch {
		return false; // A name that is too long, a folder without permission.
	}
}
