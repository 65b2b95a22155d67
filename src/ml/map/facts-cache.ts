// Facts by a file's content, so that a rerun parses only what changed: for all
// repositories of this process in memory, and in a folder when one is given.
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileFacts } from "./facts.ts";
import * as bases from "./tables/bases.ts";
import * as calls from "./tables/calls.ts";
import * as decorators from "./tables/decorators.ts";

/** Raised whenever the same text would give other facts; tables count themselves. */
const FACTS = 1;

const VERSION = createHash("sha256")
	.update(
		JSON.stringify([FACTS, bases, calls, decorators], (_, value) =>
			value instanceof RegExp ? String(value) : value,
		),
	)
	.digest("hex")
	.slice(0, 12);

/** Some 10 kB each. */
const MOST_IN_MEMORY = 4_000;
/** In order of last use. */
const remembered = new Map<string, FileFacts>();

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
	const known = remembered.get(key);
	const facts = known ?? (folder ? await load(fileOf(folder, key)) : undefined);
	if (facts) remember(key, facts);
	return facts;
}

/** Keeping must not throw: a full disk costs time, not the map. */
export async function keep(
	key: string,
	facts: FileFacts,
	folder?: string,
): Promise<void> {
	remember(key, facts);
	if (!folder) return;
	const file = fileOf(folder, key);
	const draft = `${file}.${process.pid}.${crypto.randomUUID()}`;
	await mkdir(dirname(file), { recursive: true })
		.then(() => writeFile(draft, JSON.stringify(facts)))
		.then(() => rename(draft, file))
		.catch(() => {});
}

function remember(key: string, facts: FileFacts): void {
	remembered.delete(key);
	remembered.set(key, facts);
	if (remembered.size <= MOST_IN_MEMORY) return;
	const [oldest] = remembered.keys();
	if (oldest !== undefined) remembered.delete(oldest);
}

const fileOf = (folder: string, key: string) =>
	join(folder, VERSION, key.slice(0, 2), `${key.slice(2)}.json`);

/** A damaged entry is as good as none. */
async function load(file: string): Promise<FileFacts | undefined> {
	try {
		const facts = JSON.parse(await readFile(file, "utf8"));
		return isFacts(facts) ? facts : undefined;
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
