// What tools have shown of a repository: paths, and lines of viewed files.
import type { ToolCall } from "../server/request.ts";

/** A line of an existing file. */
export interface Place {
	path: string;
	line: number;
	/** The line's whole text, alone of its kind in the file where possible. */
	quote: string;
}

export interface Places {
	paths: string[];
	places: Place[];
}

const PATH =
	/^(?:[-*\s]|\.\/)*((?:[\w@.+-]+\/)*[\w@+.-]*\.\w+|[\w@+.-]+(?:\/[\w@+.-]+)+|[A-Z]\w+)(?=[\s:,]|$)/;

/** How a viewer may set a line's number off from its text. */
const MARGINS = ["\t", " ?[|│→] ?", ": ?", " {1,2}"].map(
	(margin) => new RegExp(`^\\s*(\\d+)(?:${margin})(.*)$`),
);

export function placesIn(calls: readonly ToolCall[]): Places {
	const ok = calls.filter((call) => !call.isError);
	const listed = ok
		.filter((call) => call.name === "glob")
		.flatMap((call) => call.text.split("\n"))
		.flatMap((line) => PATH.exec(line)?.[1] ?? []);
	const views = ok.filter((call) => call.name === "view");
	const read = views.flatMap((call) => linesOf(call.input.path, call.text));
	const hits = ok
		.filter((call) => call.name === "grep")
		.flatMap((call) => call.text.split("\n"))
		.flatMap((line) => hitIn(line) ?? []);
	const shown = read.length > 0 ? read : hits;
	const paths = new Set([...shown.map((place) => place.path), ...listed]);
	return { paths: [...paths], places: bestFirst(shown) };
}

/** A search result as `path:line:text`. */
function hitIn(line: string): Place | undefined {
	const [, path, number, text = ""] = /^([^:\s]+):(\d+):(.*)$/.exec(line) ?? [];
	return path ? { path, line: Number(number), quote: text.trim() } : undefined;
}

function linesOf(path: string, text: string): Place[] {
	const lines = text.split("\n");
	const readings = MARGINS.map((margin) =>
		lines.flatMap((line) => {
			const [, number, quote = ""] = margin.exec(line) ?? [];
			return number ? [{ path, line: Number(number), quote }] : [];
		}),
	);
	// Lines of the viewer's own, such as "250 more lines", have another margin.
	const best = readings.reduce((a, b) => (b.length > a.length ? b : a));
	if (best.length > 0) return best;
	return lines.map((quote, i) => ({ path, line: i + 1, quote }));
}

/**
 * Lines that say something and say it once come first; of these, lines without
 * indentation, since a viewer's margin may hide how deep the others are.
 * Neighbours in the result come from different files.
 */
function bestFirst(places: Place[]): Place[] {
	const inFile = Map.groupBy(places, (place) => place.path);
	const isUnique = (p: Place) =>
		inFile.get(p.path)?.filter(({ quote }) => quote.includes(p.quote.trim()))
			.length === 1;
	const rank = (p: Place) => {
		if (p.quote.trim() === "") return 3;
		if (!isUnique(p)) return 2;
		return /^\S.{7,}/.test(p.quote) ? 0 : 1;
	};
	const seen = new Map<string, number>();
	return places
		.toSorted((a, b) => rank(a) - rank(b))
		.map((place) => {
			const round = seen.get(place.path) ?? 0;
			seen.set(place.path, round + 1);
			return { place, order: rank(place) * 1_000_000 + round };
		})
		.sort((a, b) => a.order - b.order)
		.map(({ place }) => place)
		.filter((place) => place.quote.trim() !== "");
}
