// What a file consists of, with the lines to look at: enough to choose a range.

import { jsonKeys, markdownHeadings, tomlKeys, yamlKeys } from "./headings.ts";
import { notebookOutline } from "./notebook-outline.ts";
import { pythonOutline } from "./python-outline.ts";

export interface Entry {
	/** From 1, both included; a notebook's are those that `view` shows. */
	readonly line: number;
	readonly end: number;
	/** How deep it lies in other entries. */
	readonly depth: number;
	/** One line. */
	readonly text: string;
}

/** A string says why there is none. */
export type Outline = readonly Entry[] | string;

const MILLISECONDS = 1_000;

type Outliner = (
	text: string,
	milliseconds: number,
) => Outline | Promise<Outline>;

const OUTLINERS: Readonly<Record<string, Outliner>> = {
	py: pythonOutline,
	pyi: pythonOutline,
	ipynb: notebookOutline,
	md: markdownHeadings,
	yaml: yamlKeys,
	yml: yamlKeys,
	toml: tomlKeys,
	cfg: tomlKeys,
	ini: tomlKeys,
	json: jsonKeys,
};

/** Must not throw, whatever the text; takes about a second at most. */
export async function outlineOf(path: string, text: string): Promise<Outline> {
	const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
	const outliner = Object.hasOwn(OUTLINERS, ending)
		? OUTLINERS[ending]
		: undefined;
	if (!outliner) return "files of this kind have no outline";
	return outliner(text, MILLISECONDS);
}
