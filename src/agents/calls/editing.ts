// Edit calls of one conversation: permission, limits, what has been read,
// syntax. The outcome is data; nothing is written anywhere.
import { z } from "zod";
import { syntaxFaults } from "../../ml/python/syntax.ts";
import type { ToolCall } from "../../model/messages.ts";
import { type PathRules, writeFault } from "../../run/path-rules.ts";
import { LIMITS, pathFault } from "../../run/policy.ts";
import { secretFaults } from "../../run/secret-faults.ts";
import { type Edits, editedTree } from "../../workspace/edited-tree.ts";
import { locate } from "../../workspace/reading/reading.ts";
import type { Tree } from "../../workspace/tree.ts";
import type { EditTool, OldFile } from "../tools/edit-tool.ts";
import { EDIT_TOOLS } from "../tools/index.ts";
import type { Reading } from "../tools/tool.ts";
import { digestOf } from "./seen.ts";

/** What the edit tools work on. */
export interface Desk {
	/** The repository without this conversation's edits. */
	readonly tree: Tree;
	/** The run's base: what it lacks, this run has brought. */
	readonly base: Tree;
	readonly edits: Edits;
	/** Digest of each file's text as it was last shown. */
	readonly seen: Readonly<Record<string, string>>;
	/** What the prompt itself shows of the repository. */
	readonly isShown: (path: string) => boolean;
	readonly rules: PathRules;
}

export interface Edited {
	readonly reading: Reading;
	/** The file that changed. */
	readonly path?: string;
	readonly content?: string | null;
	/** The agent's line numbers of it still hold, or are not wanted. */
	readonly keepsLines?: boolean;
}

const LARGEST = 1_024 * 1_024;

/** Must not throw. */
export async function edit(call: ToolCall, desk: Desk): Promise<Edited> {
	const tool = EDIT_TOOLS.find(({ name }) => name === call.name) as EditTool;
	const input = tool.input.safeParse(call.input);
	if (!input.success)
		return fault(
			"E_INPUT",
			`${call.name} was called wrongly:\n${z.prettifyError(input.error)}`,
		);
	const { path: asked } = input.data as { path: string };
	const found = await openFile(asked, tool, desk);
	if ("reading" in found) return found;
	const { path, content: before = "" } = found;
	const written = tool.write(found, input.data);
	if (!written.ok) return fault(written.code, written.message);
	const { content, say } = written;
	const python =
		written.python ??
		(path.endsWith(".py") ? { before, after: content ?? "" } : undefined);
	const why =
		(await whyRefused(found, content ?? "", desk)) ??
		(python && (await whyUnparsed(path, python)));
	if (why) return why;
	const count = (text: string) => text.split("\n").length;
	return {
		reading: { ok: true, text: say },
		...{ path, content },
		keepsLines:
			content !== null &&
			(tool.name === "create" ||
				(!found.isStale && count(before) === count(content))),
	};
}

/** The file as the tool may have it, or why it may not. */
async function openFile(
	asked: string,
	{ needs, name }: EditTool,
	desk: Desk,
): Promise<OldFile | Edited> {
	const tree = editedTree(desk.tree, desk.edits);
	const place = await locate(tree, asked);
	if (!place.ok && (needs !== "nothing" || place.code !== "E_NOT_FOUND"))
		return fault(place.code, place.message);
	const path = place.ok ? place.path : asked.replace(/^(?:\.\/+)+/, "");
	const forbidden = pathFault(path) ?? writeFault(path, desk.rules);
	if (forbidden) return fault("E_FORBIDDEN", forbidden);
	if (!place.ok) {
		const folder = await fileAbove(tree, path);
		if (folder)
			return fault("E_FORBIDDEN", `${folder} is a file, not a folder`);
		return { path, isOurs: true, isStale: false };
	}
	if (place.kind === "folder")
		return fault("E_FORBIDDEN", `${path || "."} is a folder; name a file`);
	const content = await tree.text(path);
	if (content === undefined && needs === "read")
		return fault("E_FORBIDDEN", `${path} is no text file`);
	const text = content ?? "";
	if (needs === "read") {
		if (text.length > LARGEST)
			return fault("E_FORBIDDEN", `${path} is larger than 1 MB`);
		if (path.endsWith(".ipynb") !== (name === "edit_cell"))
			return fault(
				"E_FORBIDDEN",
				`${name} is not for this file: notebooks are edited with edit_cell, others with str_replace`,
			);
		if (!desk.seen[path] && !(await isShownAsItIs(path, desk)))
			return fault(
				"E_NOT_READ",
				`you have not read ${path} in this conversation; view the place first, then edit`,
			);
	}
	const seen = desk.seen[path];
	const original = await desk.tree.text(path);
	return {
		path,
		content: text,
		...(original === undefined ? {} : { original }),
		isOurs: !(await desk.base.paths()).includes(path),
		isStale: seen ? seen !== digestOf(text) : Object.hasOwn(desk.edits, path),
	};
}

/** The prompt shows the run's base, and the first version of what is mended. */
const isShownAsItIs = async (
	path: string,
	{ isShown, edits, base, tree }: Desk,
) =>
	isShown(path) &&
	(Object.hasOwn(edits, path) ||
		(await base.text(path)) === (await tree.text(path)));

/** A file where the new path would need a folder. */
async function fileAbove(tree: Tree, path: string) {
	const parts = path.split("/");
	const above = parts.map((_, depth) => parts.slice(0, depth).join("/"));
	const paths = new Set(await tree.paths());
	return above.find((folder) => paths.has(folder));
}

/** What no content may do to a file, whichever tool brought it. */
async function whyRefused(
	{ path, content: before = "" }: OldFile,
	after: string,
	{ edits }: Desk,
): Promise<Edited | undefined> {
	if (after.includes("\0"))
		return fault("E_FORBIDDEN", "the text has NUL characters");
	const [secret] = await secretFaults(after);
	if (secret && (await secretFaults(before)).length === 0)
		return fault("E_FORBIDDEN", `not written: ${secret}`);
	const others = Object.entries(edits).filter(([name]) => name !== path);
	const bytes = others.reduce(
		(sum, [, text]) => sum + Buffer.byteLength(text ?? ""),
		Buffer.byteLength(after),
	);
	if (others.length >= LIMITS.files || bytes > LIMITS.bytes)
		return fault(
			"E_BUDGET",
			`one change has at most ${LIMITS.files} files and ${LIMITS.bytes} bytes; hand in what you have`,
		);
	return undefined;
}

async function whyUnparsed(
	path: string,
	python: { before: string; after: string },
): Promise<Edited | undefined> {
	const now = await syntaxFaults(python.after);
	if (now.length === 0) return undefined;
	const old = await syntaxFaults(python.before);
	if (now.length <= old.length) return undefined;
	const known = new Set(old.map(({ text }) => text));
	const at = now.find(({ text }) => !known.has(text)) ?? now[0];
	return fault(
		"E_SYNTAX",
		`not written, ${path} would no longer parse at ${at?.line}:${at?.column}: ${at?.text}`,
	);
}

const fault = (code: string, message: string): Edited => ({
	reading: { ok: false, code, message },
});
