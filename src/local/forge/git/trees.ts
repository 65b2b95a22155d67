import { readObject, writeObject } from "./objects.ts";

export interface TreeEntry {
	name: string;
	mode: string;
	sha: string;
}

/** `sha` null removes the path. */
export interface TreeEdit {
	path: string;
	mode: string;
	sha: string | null;
}

export const FOLDER = "40000";

export async function readTree(
	directory: string,
	sha: string,
): Promise<TreeEntry[]> {
	const object = await readObject(directory, sha);
	if (object?.type !== "tree") return [];
	const entries: TreeEntry[] = [];
	let at = 0;
	while (at < object.content.length) {
		const end = object.content.indexOf(0, at);
		const [mode = "", ...name] = object.content
			.subarray(at, end)
			.toString()
			.split(" ");
		const id = object.content.subarray(end + 1, end + 21).toString("hex");
		entries.push({ name: name.join(" "), mode, sha: id });
		at = end + 21;
	}
	return entries;
}

/** Git sorts a folder as if its name ended in a slash, and compares bytes. */
function sortKey(entry: TreeEntry): Buffer {
	return Buffer.from(entry.mode === FOLDER ? `${entry.name}/` : entry.name);
}

async function writeTree(
	directory: string,
	entries: readonly TreeEntry[],
): Promise<string> {
	const parts = [...entries]
		.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)))
		.flatMap((entry) => [
			Buffer.from(`${entry.mode} ${entry.name}\0`),
			Buffer.from(entry.sha, "hex"),
		]);
	return writeObject(directory, "tree", Buffer.concat(parts));
}

/** Must be given edits with clean relative paths; a folder left empty disappears. */
export async function editTree(
	directory: string,
	base: string | null,
	edits: readonly TreeEdit[],
): Promise<string> {
	const entries = new Map(
		(base ? await readTree(directory, base) : []).map((entry) => [
			entry.name,
			entry,
		]),
	);
	const deeper = new Map<string, TreeEdit[]>();
	for (const edit of edits) {
		const slash = edit.path.indexOf("/");
		if (slash < 0) {
			const { path: name, mode, sha } = edit;
			if (sha === null) entries.delete(name);
			else entries.set(name, { name, mode: mode.replace(/^0/, ""), sha });
			continue;
		}
		const name = edit.path.slice(0, slash);
		const inside = { ...edit, path: edit.path.slice(slash + 1) };
		deeper.set(name, [...(deeper.get(name) ?? []), inside]);
	}
	for (const [name, inside] of deeper) {
		const old = entries.get(name);
		const folder = old?.mode === FOLDER ? old.sha : null;
		const sha = await editTree(directory, folder, inside);
		if ((await readTree(directory, sha)).length === 0) entries.delete(name);
		else entries.set(name, { name, mode: FOLDER, sha });
	}
	return writeTree(directory, [...entries.values()]);
}

/** Null when there is nothing at the path; the empty path is the tree itself. */
export async function findEntry(
	directory: string,
	tree: string,
	path: string,
): Promise<TreeEntry | null> {
	let here: TreeEntry = { name: "", mode: FOLDER, sha: tree };
	for (const name of path.split("/").filter(Boolean)) {
		if (here.mode !== FOLDER) return null;
		const entries = await readTree(directory, here.sha);
		const next = entries.find((entry) => entry.name === name);
		if (!next) return null;
		here = next;
	}
	return here;
}

/** Every entry below the tree, folders included, each with its whole path as name. */
export async function walkTree(
	directory: string,
	tree: string,
	prefix = "",
): Promise<TreeEntry[]> {
	const all: TreeEntry[] = [];
	for (const entry of await readTree(directory, tree)) {
		const name = prefix + entry.name;
		all.push({ ...entry, name });
		if (entry.mode === FOLDER)
			all.push(...(await walkTree(directory, entry.sha, `${name}/`)));
	}
	return all;
}
