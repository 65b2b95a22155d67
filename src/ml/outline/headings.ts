// Outlines of what is no program: headings of a text, top keys of settings.
import type { Entry, Outline } from "./outline.ts";

const LONGEST = 120;

export function markdownHeadings(text: string): Outline {
	let fenced = false;
	return sections(text, (line) => {
		if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
		const marks = fenced ? undefined : /^(#{1,6})\s+\S/.exec(line)?.[1];
		return marks === undefined ? undefined : marks.length - 1;
	});
}

export const yamlKeys = (text: string): Outline =>
	sections(text, (line) =>
		/^[\w"'][^#\n]{0,200}?:(\s|$)/.test(line) ? 0 : undefined,
	);

/** Sections; keys that stand before the first one are its equals. */
export function tomlKeys(text: string): Outline {
	let inSection = false;
	return sections(text, (line) => {
		if (/^\[/.test(line)) inSection = true;
		else if (inSection || !/^[\w"'][^=#]{0,200}=/.test(line)) return undefined;
		return 0;
	});
}

/** Without lines of their own: JSON need not have any. */
export function jsonKeys(text: string): Outline {
	try {
		const value: unknown = JSON.parse(text);
		const end = text.split("\n").length;
		if (typeof value !== "object" || value === null || Array.isArray(value))
			return [{ line: 1, end, depth: 0, text: kindOf(value) }];
		return Object.entries(value).map(([key, inside]) => ({
			line: 1,
			end,
			depth: 0,
			text: `${JSON.stringify(key).slice(0, LONGEST)}: ${kindOf(inside)}`,
		}));
	} catch {
		return "it is no JSON that can be read";
	}
}

function kindOf(value: unknown): string {
	if (Array.isArray(value)) return `list of ${value.length}`;
	if (typeof value === "object" && value !== null)
		return `object of ${Object.keys(value).length} keys`;
	return value === null ? "null" : typeof value;
}

/** Each begins at its line and ends before the next one that is not deeper. */
function sections(
	text: string,
	depthOf: (line: string) => number | undefined,
): Entry[] {
	const lines = text.split(/\r?\n/);
	if (lines.at(-1) === "") lines.pop();
	const found = lines.flatMap((line, index) => {
		const depth = depthOf(line);
		return depth === undefined
			? []
			: [{ line: index + 1, depth, text: line.trim().slice(0, LONGEST) }];
	});
	const open: Entry[] = [];
	const ends = new Map<number, number>();
	for (const entry of found) {
		while ((open.at(-1)?.depth ?? -1) >= entry.depth)
			ends.set(open.pop()?.line ?? 0, entry.line - 1);
		open.push({ ...entry, end: lines.length });
	}
	return found.map((entry) => ({
		...entry,
		end: ends.get(entry.line) ?? lines.length,
	}));
}
