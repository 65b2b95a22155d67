// Which lines of a file to open: its classes with a role, its telling
// functions, and what the task calls by name.
import type { Span } from "./facts.ts";
import type { KeyFile, MapFile } from "./ml-map.ts";
import { TELLING_FUNCTION } from "./tables/role-names.ts";
import { partsOf, wordsOf } from "./words.ts";

const MOST = 8;
/** Longer ones are opened at their beginning. */
const LONGEST = 120;
/** As many as one `view` shows. */
const MOST_FROM_TOP = 250;

/** What is worth opening, the most telling first. */
export function readingSpans(file: MapFile, text = ""): Span[] {
	const question = new Set(wordsOf(text));
	const asked = ({ name }: Span) =>
		partsOf(name).filter((word) => question.has(word)).length;
	const worth = (span: Span, own: number) => ({
		span,
		worth: own + asked(span),
	});
	const spans = [
		...file.classes.map((one) => worth(one, file.classRoles[one.name] ? 1 : 0)),
		...file.classes.flatMap(({ methods }) =>
			methods.map((one) => worth(one, 0)).filter(({ worth }) => worth > 1),
		),
		...file.functions.map((one) =>
			worth(one, TELLING_FUNCTION.test(one.name) ? 1 : 0),
		),
	];
	return spans
		.filter(({ worth }) => worth > 0)
		.sort((a, b) => b.worth - a.worth)
		.slice(0, MOST)
		.map(({ span }) => span);
}

/** In order of line, without overlaps; a file without telling parts from its top. */
export function readingRanges(file: MapFile, text = ""): KeyFile["ranges"] {
	const ranges: [number, number][] = [];
	const spans = readingSpans(file, text).sort((a, b) => a.line - b.line);
	for (const { line, end } of spans) {
		const last = ranges.at(-1);
		const to = Math.min(end, line + LONGEST - 1);
		if (last && line <= last[1] + 1) last[1] = Math.max(last[1], to);
		else ranges.push([line, to]);
	}
	return ranges.length > 0
		? ranges
		: [[1, Math.max(1, Math.min(file.loc, MOST_FROM_TOP))]];
}
