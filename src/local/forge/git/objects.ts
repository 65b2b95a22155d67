import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import { tryGit } from "./run.ts";

export type ObjectType = "blob" | "tree" | "commit" | "tag";

export interface GitObject {
	type: ObjectType;
	content: Buffer;
}

export const ZERO_SHA = "0".repeat(40);

function loosePath(directory: string, sha: string): string {
	return join(directory, "objects", sha.slice(0, 2), sha.slice(2));
}

async function exists(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	);
}

/** Written here and not by git: spawning it for each object costs fifteen times as much. */
export async function writeObject(
	directory: string,
	type: ObjectType,
	content: Uint8Array,
): Promise<string> {
	const bytes = Buffer.concat([
		Buffer.from(`${type} ${content.length}\0`),
		content,
	]);
	const sha = createHash("sha1").update(bytes).digest("hex");
	const path = loosePath(directory, sha);
	if (await exists(path)) return sha;
	const fresh = join(directory, "objects", `fresh-${randomUUID()}`);
	await mkdir(dirname(path), { recursive: true });
	await writeFile(fresh, deflateSync(bytes), { mode: 0o444 });
	await rename(fresh, path);
	return sha;
}

/** Null when the repository has no such object. */
export async function readObject(
	directory: string,
	sha: string,
): Promise<GitObject | null> {
	if (!/^[0-9a-f]{40}$/.test(sha)) return null;
	const loose = await readFile(loosePath(directory, sha)).catch(() => null);
	if (!loose) return readPacked(directory, sha);
	const bytes = inflateSync(loose);
	const end = bytes.indexOf(0);
	const [type] = bytes.subarray(0, end).toString().split(" ");
	return { type: type as ObjectType, content: bytes.subarray(end + 1) };
}

/** A large push arrives as a pack, which only git can read. */
async function readPacked(
	directory: string,
	sha: string,
): Promise<GitObject | null> {
	const type = await tryGit(directory, ["cat-file", "-t", sha]);
	if (type.code !== 0) return null;
	const name = type.stdout.toString().trim() as ObjectType;
	const content = await tryGit(directory, ["cat-file", name, sha]);
	return { type: name, content: content.stdout };
}

export async function hasObject(
	directory: string,
	sha: string,
	type: ObjectType,
): Promise<boolean> {
	return (await readObject(directory, sha))?.type === type;
}
