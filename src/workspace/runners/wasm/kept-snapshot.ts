// A snapshot of Python that has just started, taken once per machine and
// version and kept among this user's temporary files.
import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
	lstat,
	mkdir,
	readdir,
	readFile,
	rename,
	writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { folderOf, nodeArguments, pyodideFolder } from "./node-arguments.ts";

const run = promisify(execFile);
const MOST_BYTES = 200 * 1_024 * 1_024;
const TAKING_MS = 90_000;

/**
 * The path of the snapshot for the child's program; undefined where there can
 * be none, and Python starts the long way. Must not throw.
 */
export async function keptSnapshot(child: URL): Promise<string | undefined> {
	try {
		const folder = await ownFolder();
		const path = join(folder, `python-${await version(child)}.snapshot`);
		if (await lstat(path).catch(() => undefined)) return path;
		const { stdout } = await run(
			process.execPath,
			[
				...nodeArguments(new URL("./take-snapshot.mts", child)),
				pathToFileURL(pyodideFolder()).href,
			],
			{
				env: {},
				cwd: "/",
				encoding: "buffer",
				maxBuffer: MOST_BYTES,
				timeout: TAKING_MS,
			},
		);
		const written = join(folder, `${randomUUID()}.part`);
		await writeFile(written, stdout, { mode: 0o600 });
		await rename(written, path);
		return path;
	} catch {
		return undefined;
	}
}

/** Whoever can write there decides what Python starts as: only we may. */
async function ownFolder(): Promise<string> {
	const uid = process.getuid?.() ?? 0;
	const folder = join(tmpdir(), `modelwright-${uid}`);
	await mkdir(folder, { mode: 0o700, recursive: true });
	const { mode, uid: owner } = await lstat(folder).then((found) => {
		if (!found.isDirectory()) throw new Error(`${folder} is no folder`);
		return found;
	});
	if (process.getuid && (owner !== uid || (mode & 0o022) !== 0))
		throw new Error(`${folder} can be written by others`);
	return folder;
}

/** Other versions of Node, Pyodide or the child need another snapshot. */
async function version(child: URL): Promise<string> {
	const hash = createHash("sha256").update(process.version);
	hash.update(await readFile(join(pyodideFolder(), "package.json")));
	const folder = folderOf(fileURLToPath(child));
	for (const name of (await readdir(folder)).sort())
		hash.update(name).update(await readFile(join(folder, name)));
	return hash.digest("hex").slice(0, 16);
}
