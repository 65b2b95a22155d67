// Which pull request of the stack added which line.
import type { Place } from "../../phases/phase.ts";
import { lineOrigins } from "./line-origins.ts";

/** The texts on both sides of a pull request; without a number, of what others changed. */
export interface Layer {
	readonly pull?: number;
	/** Absent: it may have changed any. */
	readonly paths?: readonly string[];
	before(path: string): Promise<string | undefined>;
	after(path: string): Promise<string | undefined>;
}

type PlaceInPull = Place & { readonly pull: number };

export interface Line {
	readonly number: number;
	readonly text: string;
	/** Whether this pull request added it. */
	readonly added: boolean;
}

/** The lines of a place at the head of its pull request, with some around it. */
export async function linesAround(
	layers: readonly Layer[],
	{ path, startLine, endLine, pull }: PlaceInPull,
	around: number,
): Promise<Line[]> {
	const layer = layers.find((one) => one.pull === pull);
	const after = await layer?.after(path);
	if (!layer || after === undefined) return [];
	const origins = lineOrigins(await layer.before(path), after);
	return after
		.split("\n")
		.map((text, i) => ({ number: i + 1, text, added: origins[i] === 0 }))
		.slice(Math.max(0, startLine - 1 - around), endLine + around);
}

/**
 * The one place among the added lines where `quote` stands, with the line
 * numbers of that pull request's head; undefined when there is none or several.
 */
export async function placeQuote(
	layers: readonly Layer[],
	path: string,
	quote: string,
): Promise<(PlaceInPull & { readonly text: string }) | undefined> {
	const wanted = significantLines(quote);
	if (wanted.length === 0) return undefined;
	const places: (PlaceInPull & { readonly text: string })[] = [];
	for (const layer of layers) {
		const { pull, paths } = layer;
		if (pull === undefined || !paths?.includes(path)) continue;
		const after = await layer.after(path);
		if (after === undefined) continue;
		const origins = lineOrigins(await layer.before(path), after);
		const lines = after.split("\n");
		for (let start = 0; start + wanted.length <= lines.length; start++) {
			const stands = wanted.every(
				(line, i) => lines[start + i]?.trim() === line,
			);
			const added = wanted.some((_, i) => origins[start + i] === 0);
			if (stands && added)
				places.push({
					path,
					startLine: start + 1,
					endLine: start + wanted.length,
					pull,
					text: lines.slice(start, start + wanted.length).join("\n"),
				});
		}
	}
	return places.length === 1 ? places[0] : undefined;
}

/** The quote's lines without the blank ones around them; indentation does not count. */
function significantLines(quote: string): string[] {
	const lines = quote.split("\n").map((line) => line.trim());
	while (lines[0] === "") lines.shift();
	while (lines.at(-1) === "") lines.pop();
	return lines;
}

/** The pull request that added a line of the top, and the line's number there. */
export async function introduction(
	layers: readonly Layer[],
	path: string,
	line: number,
): Promise<{ pull: number; line: number } | undefined> {
	let number = line;
	for (const layer of [...layers].reverse()) {
		const { pull, paths = [path] } = layer;
		if (!paths.includes(path)) continue;
		const after = await layer.after(path);
		if (after === undefined) return undefined;
		const origin = lineOrigins(await layer.before(path), after)[number - 1];
		if (origin === undefined) return undefined;
		if (origin === 0)
			return pull === undefined ? undefined : { pull, line: number };
		number = origin;
	}
	return undefined;
}
