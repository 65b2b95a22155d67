// A proposed change, laid over the files it was written for. Nothing is
// written here; the outcome is whole contents, or faults the writer can mend.
import type { Change } from "../reports/change.ts";
import { pathFault } from "../run/policy.ts";

export type Applied =
	| {
			readonly ok: true;
			/** Whole new contents of what differs, in the order the change names it; may be empty. */
			readonly files: { path: string; content: string }[];
			/** Existing files that are to go. */
			readonly deletions: string[];
	  }
	| { readonly ok: false; readonly faults: string[] };

/** The text of an existing file; undefined when there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

type Replacement = Change["replacements"][number];

/** Must not throw unless reading does. */
export async function applyChange(
	readText: ReadText,
	change: Change,
): Promise<Applied> {
	const faults: string[] = [];
	const deletions = deletedBy(change);
	const read: ReadText = async (path) =>
		deletions.includes(path) ? undefined : readText(path);
	const contents = new Map<string, string>();
	for (const { path, content } of change.files) {
		const fault =
			pathFault(path) ??
			(content.includes("\0") ? `${path} has NUL characters` : undefined) ??
			(await folderFault(read, path));
		if (fault) faults.push(fault);
		else contents.set(path, content);
	}
	const edits = Map.groupBy(change.replacements, ({ path }) => path);
	for (const [path, replacements] of edits) {
		// Given whole, a file is what was given.
		if (contents.has(path)) continue;
		const fault = pathFault(path);
		const before = fault ? undefined : await read(path);
		if (fault) faults.push(fault);
		else if (before === undefined)
			faults.push(
				`${path} does not exist as a text file, so nothing can be replaced in it; give its whole content in files instead`,
			);
		else {
			const edited = replaceAll(path, before, replacements);
			faults.push(...edited.faults);
			contents.set(path, edited.content);
		}
	}
	faults.push(...deletions.flatMap((path) => pathFault(path) ?? []));
	if (faults.length > 0) return { ok: false, faults };
	return { ok: true, files: await onlyChanged(read, contents), deletions };
}

/** What a change also writes it does not delete. */
function deletedBy({ files, replacements, deletions = [] }: Change): string[] {
	const written = new Set([...files, ...replacements].map(({ path }) => path));
	return [...new Set(deletions)].filter((path) => !written.has(path));
}

/** "a/b.py" cannot be created where "a" is a file. */
async function folderFault(read: ReadText, path: string) {
	const parts = path.split("/");
	for (let depth = 1; depth < parts.length; depth++) {
		const folder = parts.slice(0, depth).join("/");
		if ((await read(folder)) !== undefined)
			return `${path} cannot be created: ${folder} is a file, not a folder`;
	}
	return undefined;
}

/** All quotes mean the file as it was, so none can hit what another one wrote. */
function replaceAll(
	path: string,
	before: string,
	replacements: readonly Replacement[],
): { content: string; faults: string[] } {
	const faults: string[] = [];
	const cuts: { at: number; end: number; text: string }[] = [];
	// Lines are shown without their carriage returns, so quotes have none.
	const windows = before.includes("\r\n") && !/(?<!\r)\n/.test(before);
	const asInFile = (text: string) =>
		windows ? text.replace(/\r?\n/g, "\r\n") : text;
	for (const { quote, replacement } of withoutRepeats(replacements)) {
		const wanted = asInFile(quote);
		const at = before.indexOf(wanted);
		const again = before.indexOf(wanted, at + 1);
		if (at < 0) faults.push(notFound(path, before, quote));
		else if (again >= 0)
			faults.push(
				`${path}: the quote ${shown(quote)} occurs ${linesOf(before, wanted)}; quote more of the surroundings so that it occurs exactly once`,
			);
		else
			cuts.push({
				at,
				end: at + wanted.length,
				text: asInFile(replacement),
			});
	}
	cuts.sort((a, b) => a.at - b.at);
	let content = "";
	let done = 0;
	for (const { at, end, text } of cuts) {
		if (at < done)
			faults.push(
				`${path}: two quotes overlap near line ${lineAt(before, at)}; join them into one replacement`,
			);
		content += before.slice(done, at) + text;
		done = end;
	}
	return { content: content + before.slice(done), faults };
}

/** The same edit said twice is one edit. */
const withoutRepeats = (replacements: readonly Replacement[]) => [
	...new Map(
		replacements.map((edit) => [`${edit.quote}\0${edit.replacement}`, edit]),
	).values(),
];

function notFound(path: string, before: string, quote: string): string {
	const first = quote.split("\n").find((line) => line.trim() !== "") ?? "";
	const near = before
		.split("\n")
		.findIndex((line) => line.trim() !== "" && line.trim() === first.trim());
	const hint =
		near < 0
			? "view the file and copy the lines as they stand there"
			: `line ${near + 1} begins like it, but the whole does not match; copy the lines from there, spaces and all`;
	return `${path}: the quote ${shown(quote)} does not occur; ${hint}`;
}

function linesOf(text: string, wanted: string): string {
	const lines: number[] = [];
	for (let at = text.indexOf(wanted); at >= 0; ) {
		lines.push(lineAt(text, at));
		at = text.indexOf(wanted, at + 1);
	}
	const some = lines.slice(0, 5).join(", ");
	const more = lines.length > 5 ? ", …" : "";
	return `${lines.length} times (lines ${some}${more})`;
}

const lineAt = (text: string, at: number) =>
	text.slice(0, at).split("\n").length;

const shown = (quote: string) => {
	const line = quote.trim().split("\n")[0] ?? "";
	return JSON.stringify(line.length > 60 ? `${line.slice(0, 57)}…` : line);
};

async function onlyChanged(read: ReadText, contents: Map<string, string>) {
	const files: { path: string; content: string }[] = [];
	for (const [path, content] of contents)
		if ((await read(path)) !== content) files.push({ path, content });
	return files;
}
