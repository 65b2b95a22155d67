// Git's names for contents, computed here: who knows the name of a commit's tree
// can prove that files are that tree, without asking git or its server.
import { createHash } from "node:crypto";
import type { Entry } from "./listing.ts";

export const blobId = (content: Uint8Array) =>
	hashed("blob", content).toString("hex");

/** The name of the tree that holds exactly these entries, in any order. */
export const treeId = (entries: readonly Entry[]) =>
	folderHash(entries, 0).toString("hex");

/** `at`: where the names of this folder begin in the paths. */
function folderHash(entries: readonly Entry[], at: number): Buffer {
	const rows: { name: Buffer; row: Buffer }[] = [];
	const folders = new Map<string, Entry[]>();
	for (const entry of entries) {
		const slash = entry.path.indexOf("/", at);
		if (slash < 0) {
			const name = Buffer.from(entry.path.slice(at));
			const id = Buffer.from(entry.id, "hex");
			rows.push({ name, row: treeRow(entry.mode, name, id) });
		} else {
			const name = entry.path.slice(at, slash);
			const inside = folders.get(name);
			if (inside) inside.push(entry);
			else folders.set(name, [entry]);
		}
	}
	for (const [folder, inside] of folders) {
		const id = folderHash(inside, at + folder.length + 1);
		// git sorts a folder as if its name ended in a slash.
		const name = Buffer.from(`${folder}/`);
		rows.push({ name, row: treeRow("40000", Buffer.from(folder), id) });
	}
	rows.sort((a, b) => Buffer.compare(a.name, b.name));
	return hashed("tree", Buffer.concat(rows.map(({ row }) => row)));
}

const treeRow = (mode: string, name: Buffer, id: Buffer) =>
	Buffer.concat([Buffer.from(`${mode} `), name, Buffer.of(0), id]);

const hashed = (type: string, content: Uint8Array) =>
	createHash("sha1")
		.update(`${type} ${content.length}\0`)
		.update(content)
		.digest();
