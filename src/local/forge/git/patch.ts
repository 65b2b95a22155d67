import type { Side } from "../state.ts";

export interface Place {
	line: number;
	side: Side;
	/** Lines below the first hunk's header, GitHub's old way to name a place. */
	position: number;
	/** The hunk from its header down to this line. */
	hunk: string;
	/** Which hunk of the patch it is. */
	hunkIndex: number;
}

/** Every place of a patch that a review comment can stand on. */
export function listPlaces(patch: string): Place[] {
	const places: Place[] = [];
	let left = 0;
	let right = 0;
	let hunk: string[] = [];
	let hunkIndex = -1;
	for (const [position, text] of patch.split("\n").entries()) {
		const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
		if (header) {
			left = Number(header[1]);
			right = Number(header[2]);
			hunk = [text];
			hunkIndex += 1;
			continue;
		}
		hunk.push(text);
		const place = { position, hunk: hunk.join("\n"), hunkIndex };
		const sign = text.charAt(0);
		if (sign === "+" || sign === " ")
			places.push({ ...place, line: right, side: "RIGHT" });
		if (sign === "-" || sign === " ")
			places.push({ ...place, line: left, side: "LEFT" });
		if (sign !== "-" && sign !== "\\") right += 1;
		if (sign !== "+" && sign !== "\\") left += 1;
	}
	return places;
}
