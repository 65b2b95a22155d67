// Every Python file and notebook of a tree, one after the other: read, parsed,
// and let go, so that a large repository needs no more memory than a small one.
import { HIDDEN } from "../../workspace/hidden-tree.ts";
import { decodeText } from "../../workspace/listed-tree.ts";
import type { Tree } from "../../workspace/tree.ts";
import { deadline } from "../python/deadline.ts";
import type { FileFacts } from "./facts.ts";
import { keep, keyOf, recall } from "./facts-cache.ts";
import { isAuxPath, isTestPath, LEFT_OUT } from "./file-kind.ts";
import { moduleFacts } from "./module-facts.ts";
import { notebookFacts } from "./notebook-facts.ts";

export interface KnownFile {
	readonly path: string;
	readonly kind: "py" | "ipynb";
	readonly facts: FileFacts;
}

export interface ReadFiles {
	/** In order of path. */
	readonly known: readonly KnownFile[];
	readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

export interface ReadLimits {
	readonly fileMilliseconds: number;
	readonly allMilliseconds: number;
	/** For what follows from all of them: imports, classes, ranks. */
	readonly linkMilliseconds: number;
}

export const READ_LIMITS: ReadLimits = {
	fileMilliseconds: 1_000,
	allMilliseconds: 20_000,
	linkMilliseconds: 5_000,
};

const LARGEST_MODULE = 1_000_000;
/** With outputs, which are most of it. */
const LARGEST_NOTEBOOK = 8_000_000;
const READ_AHEAD = 3;

/** Must not throw for anything that stands in the tree. */
export async function readFacts(
	tree: Tree,
	limits: ReadLimits,
): Promise<ReadFiles> {
	const known: KnownFile[] = [];
	const skipped: { path: string; why: string }[] = [];
	const isOver = deadline(limits.allMilliseconds);
	const paths = await inOrderOfWorth(tree);
	const ahead = new ReadAhead(tree, paths);
	for (const path of paths) {
		const kind = path.endsWith(".py") ? "py" : "ipynb";
		const facts = isOver()
			? "the time for all files was over"
			: await readOne(
					await ahead.next(),
					kind,
					tree.facts,
					limits.fileMilliseconds,
				);
		if (typeof facts === "string") skipped.push({ path, why: facts });
		else known.push({ path, kind, facts });
	}
	// A file that is kept from agents is not even named.
	for (const { path, why } of (await tree.absent?.()) ?? [])
		if (
			(/\.(py|ipynb)$/.test(path) && why !== HIDDEN) ||
			why === "not readable"
		)
			skipped.push({ path, why });
	const byPath = (a: { path: string }, b: { path: string }) =>
		a.path < b.path ? -1 : 1;
	return { known: known.sort(byPath), skipped: skipped.sort(byPath) };
}

/** Opening the next files while one is parsed: half of the waiting, little memory. */
class ReadAhead {
	readonly #tree: Tree;
	readonly #paths: Iterator<string>;
	readonly #reading: Promise<Uint8Array | undefined>[] = [];

	constructor(tree: Tree, paths: readonly string[]) {
		this.#tree = tree;
		this.#paths = paths.values();
		for (let i = 0; i < READ_AHEAD; i++) this.#start();
	}

	next(): Promise<Uint8Array | undefined> {
		this.#start();
		return this.#reading.shift() ?? Promise.resolve(undefined);
	}

	#start(): void {
		const { value: path, done } = this.#paths.next();
		if (done) return;
		this.#reading.push(this.#tree.read(path).catch(() => undefined));
	}
}

/** Should the time run out, tests and examples are what is missing. */
async function inOrderOfWorth(tree: Tree): Promise<string[]> {
	const worth = (path: string) =>
		isTestPath(path) ? 2 : isAuxPath(path) ? 1 : 0;
	return (await tree.paths())
		.filter((path) => /\.(py|ipynb)$/.test(path) && !LEFT_OUT.test(path))
		.sort((a, b) => worth(a) - worth(b));
}

/** A string says why there are none. */
async function readOne(
	bytes: Uint8Array | undefined,
	kind: "py" | "ipynb",
	cache: string | undefined,
	milliseconds: number,
): Promise<FileFacts | string> {
	if (!bytes) return "could not be read as a regular file";
	if (kind === "py" && bytes.length > LARGEST_MODULE) return "over 1 MB";
	if (kind === "ipynb" && bytes.length > LARGEST_NOTEBOOK) return "over 8 MB";
	const key = keyOf(bytes, kind);
	const before = await recall(key, cache);
	if (before) return before;
	const text = decodeText(bytes);
	if (text === undefined) return "not UTF-8 text";
	const read = await (kind === "py"
		? moduleFacts(text, milliseconds)
		: notebookFacts(text, milliseconds)
	).catch((error) => `the parser gave up: ${String(error).slice(0, 80)}`);
	if (read === undefined) return "parsing took over a second";
	if (typeof read === "string") return read;
	return (await keep(key, read, cache)) ?? "more names than a map can hold";
}
