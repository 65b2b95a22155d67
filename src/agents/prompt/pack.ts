// What every agent of a run knows of the repository before its first read. A
// small repository stands here whole: reading it through tools would cost each
// agent a request a file, while a cached prompt costs a twentieth of a new one.
import { mapOf } from "../../ml/map/map.ts";
import { renderMap } from "../../ml/map/render.ts";
import type { Tree } from "../../workspace/tree.ts";
import { sideBySide } from "../calls/side-by-side.ts";
import { packedFiles, showPackedFile } from "./packed-files.ts";
import { excerpt, repositoryVoice } from "./repository-voice.ts";
import { fence } from "./untrusted.ts";

/** The small one is for a conversation that did not fit the model's window. */
export type PackSize = "whole" | "small";

const MOST_FILES = { whole: 400, small: 100 };
/** Tokens of the ML map. */
const WHOLE_MAP = 2_000;
const SHORT_MAP = 500;
const FILES_AT_ONCE = 8;
const README = /^readme(\.(md|rst|txt))?$/i;

/** A tree never changes, and every agent of a phase asks. */
const packs = {
	whole: new WeakMap<Tree, Promise<string>>(),
	small: new WeakMap<Tree, Promise<string>>(),
};

/** Depends on the commit alone: it stands in the part of the prompt that all agents share. */
export function repositoryPack(
	tree: Tree,
	size: PackSize = "whole",
): Promise<string> {
	const known = packs[size].get(tree) ?? describe(tree, size);
	packs[size].set(tree, known);
	return known;
}

async function describe(tree: Tree, size: PackSize): Promise<string> {
	const paths = await tree.paths();
	const title = `# The repository at commit ${tree.sha}`;
	if (size === "small")
		return `${title}\n\n${await fileList(tree, paths, MOST_FILES.small)}`;
	const { files, complete } = await packedFiles(tree);
	// What follows whole is named there.
	const others = complete ? paths.filter((path) => !files.has(path)) : paths;
	const readme = paths.find((path) => README.test(path));
	const sections = [
		title,
		others.length > 0 && (await fileList(tree, others, MOST_FILES.whole)),
		readme && (await excerpt(tree, readme)),
		...(await repositoryVoice(tree)),
		await showMap(tree, complete ? SHORT_MAP : WHOLE_MAP),
		files.size > 0 && ABOUT_FILES,
		...[...files].map(([path, lines]) => showPackedFile(path, lines)),
	];
	return sections.filter(Boolean).join("\n\n");
}

/** Whoever has the whole code needs its structure only in outline. */
const showMap = async (tree: Tree, tokens: number) =>
	fence("files", 'kind="ML map"', renderMap(await mapOf(tree), { tokens }));

const ABOUT_FILES =
	"## Files\n\nEach stands here whole, so there is no need to read it again; the first and every tenth line begin with their number and a tab. Others are read with view.";

async function fileList(
	tree: Tree,
	paths: readonly string[],
	most: number,
): Promise<string> {
	const depth = (path: string) => path.split("/").length;
	const shown = paths
		.toSorted((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
		.slice(0, most)
		.toSorted();
	const lines = await sideBySide(
		shown,
		FILES_AT_ONCE,
		async (path) => `${path} ${await bytesOf(tree, path)}`,
	);
	const left = paths.length - shown.length;
	return fence(
		"files",
		`count="${paths.length}" shown="path and size in bytes"`,
		[
			...lines,
			...(left > 0 ? [`(${left} more, deeper down; use glob)`] : []),
		].join("\n"),
	);
}

async function bytesOf(tree: Tree, path: string): Promise<string> {
	const bytes = await tree.read(path);
	return bytes ? String(bytes.length) : "(not read)";
}
