import { decodeText, type Tree } from "../listed-tree.ts";
import { notebookLines } from "./notebook.ts";
import { bad, good, locate, type Reading } from "./reading.ts";

export interface ViewParams {
	readonly path: string;
	readonly start?: number | undefined;
	readonly end?: number | undefined;
}

const LINES = 250;
const MOST_LINES = 500;
const MOST_BYTES = 24_000;
const LONGEST_LINE = 400;
const MOST_ENTRIES = 100;
const LARGEST_TEXT = 1_024 * 1_024;

/** Lines as `number<TAB>text`, a folder as its entries, anything else described. */
export async function view(tree: Tree, params: ViewParams): Promise<Reading> {
	const place = await locate(tree, params.path);
	if (!place.ok) return place;
	if (place.kind === "folder")
		return good(listFolder(await tree.paths(), place.path));
	const bytes = await tree.read(place.path);
	if (!bytes) return bad("E_NOT_FOUND", `${place.path} cannot be read`);
	const text = decodeText(bytes);
	if (text === undefined)
		return good(`[binary file, ${bytes.length} bytes; not shown]`);
	if (text.startsWith("version https://git-lfs.github.com/spec/"))
		return good(describePointer(text));
	const all = place.path.endsWith(".ipynb") ? notebookLines(text) : lines(text);
	if (!all)
		return good(`[not a notebook that can be read, ${bytes.length} bytes]`);
	if (text.length > LARGEST_TEXT && all.length > LINES && !params.start)
		return good(
			`[text of ${bytes.length} bytes in ${all.length} lines; search it with grep, or give start]`,
		);
	return showLines(place.path, all, params);
}

function describePointer(text: string): string {
	const bytes = /^size (\d{1,18})$/m.exec(text)?.[1];
	return `[Git LFS pointer${bytes ? ` to ${bytes} bytes` : ""}; the file itself is not in this tree]`;
}

/** As editors count: a final newline ends a line and begins none. */
function lines(text: string): string[] {
	const all = text.split(/\r?\n/);
	if (all.at(-1) === "") all.pop();
	return all;
}

function showLines(
	path: string,
	all: readonly string[],
	{ start = 1, end = start + LINES - 1 }: ViewParams,
): Reading {
	if (all.length === 0) return good(`[${path} is empty]`);
	if (start > all.length)
		return bad(
			"E_RANGE",
			`${path} has ${all.length} lines; start at most there`,
		);
	if (end < start)
		return bad("E_RANGE", `end ${end} is before start ${start}; swap them`);
	const last = Math.min(end, start + MOST_LINES - 1, all.length);
	const shown: string[] = [];
	let bytes = 0;
	for (let number = start; number <= last; number++) {
		const line = `${number}\t${cut(all[number - 1] ?? "")}`;
		bytes += Buffer.byteLength(line) + 1;
		if (bytes > MOST_BYTES && shown.length > 0) break;
		shown.push(line);
	}
	const until = start + shown.length - 1;
	const next = until < all.length ? `; next: start=${until + 1}` : "";
	if (start > 1 || next)
		shown.push(`[lines ${start}-${until} of ${all.length}${next}]`);
	return good(shown.join("\n"));
}

const cut = (line: string) =>
	line.length <= LONGEST_LINE
		? line
		: `${line.slice(0, LONGEST_LINE)}… [${line.length - LONGEST_LINE} more characters]`;

function listFolder(paths: readonly string[], folder: string): string {
	const prefix = folder === "" ? "" : `${folder}/`;
	const entries = new Map<string, number>();
	for (const path of paths) {
		if (!path.startsWith(prefix)) continue;
		const rest = path.slice(prefix.length);
		const slash = rest.indexOf("/");
		const name = slash < 0 ? rest : rest.slice(0, slash + 1);
		entries.set(name, (entries.get(name) ?? 0) + 1);
	}
	if (entries.size === 0) return "[the repository has no files]";
	const shown = [...entries]
		.slice(0, MOST_ENTRIES)
		.map(([name, count]) =>
			name.endsWith("/") ? `${prefix}${name} (${count} files)` : prefix + name,
		);
	const more = entries.size - shown.length;
	if (more > 0) shown.push(`+${more} more; list them with glob`);
	return shown.join("\n");
}
