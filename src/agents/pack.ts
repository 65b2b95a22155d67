// What every agent of a run knows of the repository before its first read.
import type { Tree } from "../workspace/tree.ts";
import { excerpt, repositoryVoice } from "./repository-voice.ts";
import { sideBySide } from "./side-by-side.ts";
import { fence } from "./untrusted.ts";

const MOST_FILES = 400;
const FILES_AT_ONCE = 8;
const README = /^readme(\.(md|rst|txt))?$/i;

/** A tree never changes, and every agent of a phase asks. */
const packs = new WeakMap<Tree, Promise<string>>();

/** Depends on the commit alone: it stands in the part of the prompt that all agents share. */
export function repositoryPack(tree: Tree): Promise<string> {
	const known = packs.get(tree) ?? describe(tree);
	packs.set(tree, known);
	return known;
}

async function describe(tree: Tree): Promise<string> {
	const paths = await tree.paths();
	const readme = paths.find((path) => README.test(path));
	const sections = [
		`# The repository at commit ${tree.sha}`,
		await fileList(tree, paths),
		readme && (await excerpt(tree, readme)),
		...(await repositoryVoice(tree)),
	];
	return sections.filter(Boolean).join("\n\n");
}

async function fileList(tree: Tree, paths: readonly string[]): Promise<string> {
	const depth = (path: string) => path.split("/").length;
	const shown = paths
		.toSorted((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
		.slice(0, MOST_FILES)
		.toSorted();
	const lines = await sideBySide(
		shown,
		FILES_AT_ONCE,
		async (path) => `${path} ${await size(tree, path)}`,
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

async function size(tree: Tree, path: string): Promise<string> {
	const bytes = await tree.read(path);
	return bytes ? String(bytes.length) : "(not read)";
}
