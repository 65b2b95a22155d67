// Facts by a file's content, so that a rerun parses only what changed: for all
// repositories of this process in memory, and in a folder when one is given.
import { createHash } from "node:crypto";
import {
	mkdir,
	readFile,
	rename,
	stat,
	utimes,
	writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileFacts } from "./facts.ts";
import * as bases from "./tables/bases.ts";
import * as calls from "./tables/calls.ts";
import * as decorators from "./tables/decorators.ts";

/** Raised whenever the same text would give other facts; tables count themselves. */
const FACTS = 2;

const VERSION = createHash("sha256")
	.update(
		JSON.stringify([FACTS, bases, calls, decorators], (_, value) =>
			value instanceof RegExp ? String(value) : value,
		),
	)
	.digest("hex")
	.slice(0, 12);

/** Some 10 kB are usual. */
const LONGEST = 1_000_000;
const MOST_BYTES = 64 * 1_024 * 1_024;
/** In memory, for each character of their JSON. */
const BYTES_OF_CHARACTER = 2;
const DAY_MS = 86_400_000;

interface Entry {
	readonly facts: FileFacts;
	readonly bytes: number;
	/** When its file was last said to be in use. */
	readonly usedAt: number;
}

/** In order of last use. */
const remembered = new Map<string, Entry>();
let bytesRemembered = 0;

/** As git names it, with the kind of file: the same text is read differently in a notebook. */
export function keyOf(bytes: Uint8Array, kind: "py" | "ipynb"): string {
	const blob = createHash("sha1")
		.update(`blob ${bytes.length}\0`)
		.update(bytes)
		.digest("hex");
	return `${blob}.${kind}`;
}

export async function recall(
	key: string,
	folder?: string,
): Promise<FileFacts | undefined> {
	const file = folder ? fileOf(folder, key) : undefined;
	const known = remembered.get(key) ?? (file ? await load(file) : undefined);
	if (!known) return undefined;
	const now = Date.now();
	const isToTell = file !== undefined && now - known.usedAt > DAY_MS;
	remember(key, isToTell ? { ...known, usedAt: now } : known);
	// What nobody uses is swept in the end.
	if (isToTell) await utimes(file, new Date(), new Date()).catch(() => {});
	return known.facts;
}

/**
 * Gives a copy: names cut from a text keep the whole text in memory. Undefined
 * for more than can be kept. Must not throw: a full disk costs time, not the map.
 */
export async function keep(
	key: string,
	facts: FileFacts,
	folder?: string,
): Promise<FileFacts | undefined> {
	const json = JSON.stringify(facts);
	if (json.length > LONGEST) return undefined;
	const entry = entryOf(json, Date.now());
	remember(key, entry);
	if (!folder) return entry.facts;
	const file = fileOf(folder, key);
	const draft = `${file}.${process.pid}.${crypto.randomUUID()}`;
	await mkdir(dirname(file), { recursive: true })
		.then(() => writeFile(draft, json))
		.then(() => rename(draft, file))
		.catch(() => {});
	return entry.facts;
}

const entryOf = (json: string, usedAt: number): Entry => ({
	facts: JSON.parse(json),
	bytes: json.length * BYTES_OF_CHARACTER,
	usedAt,
});

function remember(key: string, entry: Entry): void {
	forget(key);
	remembered.set(key, entry);
	bytesRemembered += entry.bytes;
	for (const oldest of remembered.keys()) {
		if (bytesRemembered <= MOST_BYTES) return;
		forget(oldest);
	}
}

function forget(key: string): void {
	bytesRemembered -= remembered.get(key)?.bytes ?? 0;
	remembered.delete(key);
}

const fileOf = (folder: string, key: string) =>
	join(folder, VERSION, key.slice(0, 2), `${key.slice(2)}.json`);

/** A damaged entry is as good as none. */
async function load(file: string): Promise<Entry | undefined> {
	try {
		const { mtimeMs } = await stat(file);
		const entry = entryOf(await readFile(file, "utf8"), mtimeMs);
		return isFacts(entry.facts) ? entry : undefined;
	} catch {
		return undefined;
	}
}

function isFacts(facts: FileFacts): boolean {
	return (
		Number.isFinite(facts.loc) &&
		typeof facts.words === "string" &&
		typeof facts.aliases === "object" &&
		facts.aliases !== null &&
		[
			facts.imports,
			facts.classes,
			facts.functions,
			facts.evidence,
			facts.leads,
			facts.counts,
		].every(Array.isArray)
	);
}
