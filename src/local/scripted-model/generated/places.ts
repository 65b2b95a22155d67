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
const NUMBERED = /^\s*(\d+)(?:\t| ?[|:│→]\s?| {1,2})(.*)$/;

export function placesIn(calls: readonly ToolCall[]): Places {
	const ok = calls.filter((call) => !call.isError);
	const listed = ok
		.filter((call) => call.name === "glob")
		.flatMap((call) => call.text.split("\n"))
		.flatMap((line) => PATH.exec(line)?.[1] ?? []);
	const views = ok.filter((call) => call.name === "view");
	const read = views.flatMap((call) => linesOf(call.input.path, call.text));
	const paths = new Set([...read.map((place) => place.path), ...listed]);
	return { paths: [...paths], places: bestFirst(read) };
}

function linesOf(path: string, text: string): Place[] {
	const lines = text.split("\n");
	const numbered = lines.flatMap((line) => {
		const [, number, quote] = NUMBERED.exec(line) ?? [];
		return number ? [{ path, line: Number(number), quote: quote ?? "" }] : [];
	});
	if (numbered.length > 0) return numbered;
	return lines.map((quote, i) => ({ path, line: i + 1, quote }));
}

/**
 * Lines that say something and say it once come first; of these, lines without
 * indentation, since a viewer's margin may hide how deep the others are.
 * Neighbours in the result come from different files.
 */
function bestFirst(places: Place[]): Place[] {
	const copies = Map.groupBy(places, (p) => `${p.path}\n${p.quote.trim()}`);
	const isUnique = (p: Place) =>
		copies.get(`${p.path}\n${p.quote.trim()}`)?.length === 1;
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
