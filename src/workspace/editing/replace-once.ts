// An exact replacement: what is to go must stand exactly once.
import { nearestLines } from "./nearest-lines.ts";

export interface Replacement {
	readonly path: string;
	readonly content: string;
	/** The content before this writer's own edits. */
	readonly original: string;
	readonly old: string;
	readonly new: string;
}

export type Replaced =
	| {
			readonly ok: true;
			readonly content: string;
			/** 0-based line where the new text begins. */
			readonly at: number;
	  }
	| {
			readonly ok: false;
			readonly code: "E_SAME" | "E_NO_MATCH" | "E_MULTI" | "E_STALE";
			readonly message: string;
	  };

export function replaceOnce(wanted: Replacement): Replaced {
	const { path, content, original } = wanted;
	if (wanted.old === wanted.new)
		return bad("E_SAME", "old_str and new_str are equal; nothing to do");
	const asInFile = lineEndsOf(content);
	const [before, after] = [asInFile(wanted.old), asInFile(wanted.new)];
	const places = placesOf(content, before);
	const [at] = places;
	if (at === undefined) {
		const nearest = `the nearest lines are\n${nearestLines(content, wanted.old)}`;
		return original.includes(lineEndsOf(original)(wanted.old))
			? bad(
					"E_STALE",
					`an edit of yours has changed this text of ${path} since you read it; ${nearest}`,
				)
			: bad(
					"E_NO_MATCH",
					`old_str does not stand in ${path}, spaces and all; ${nearest}`,
				);
	}
	if (places.length > 1)
		return bad(
			"E_MULTI",
			`old_str stands ${places.length} times in ${path}, at lines ${places
				.slice(0, 8)
				.map((place) => lineAt(content, place) + 1)
				.join(", ")}; take in more of the surroundings`,
		);
	return {
		ok: true,
		content: content.slice(0, at) + after + content.slice(at + before.length),
		at: lineAt(content, at),
	};
}

/** Lines are shown without their carriage returns, so what is quoted has none. */
export function lineEndsOf(content: string): (text: string) => string {
	const windows = content.includes("\r\n") && !/(?<!\r)\n/.test(content);
	return (text) => (windows ? text.replace(/\r?\n/g, "\r\n") : text);
}

function placesOf(content: string, wanted: string): number[] {
	const places: number[] = [];
	for (let at = content.indexOf(wanted); at >= 0; ) {
		places.push(at);
		at = content.indexOf(wanted, at + wanted.length);
	}
	return places;
}

const lineAt = (text: string, at: number) =>
	text.slice(0, at).split("\n").length - 1;

const bad = (
	code: Extract<Replaced, { ok: false }>["code"],
	message: string,
): Replaced => ({ ok: false, code, message });
