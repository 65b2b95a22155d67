// Where GitHub takes a line comment: on the lines of its own patch, from one
// hunk. Anything else, one line among many, has the whole review refused.

export interface DiffFile {
	readonly path: string;
	/** Absent for a huge, binary or merely renamed file. */
	readonly patch?: string | undefined;
}

export interface DiffPlace {
	readonly path: string;
	readonly startLine: number;
	readonly endLine: number;
}

/** Tells of a place, by its lines after the change, whether it lies in the diff. */
export function placesIn(
	files: readonly DiffFile[],
): (place: DiffPlace) => boolean {
	const hunks = new Map(
		files.map(({ path, patch = "" }) => [path, hunksOf(patch)]),
	);
	return ({ path, startLine, endLine }) =>
		(hunks.get(path) ?? []).some(
			({ first, last }) =>
				first <= startLine && startLine <= endLine && endLine <= last,
		);
}

/** The lines after the change that each hunk shows, which follow one another. */
function hunksOf(patch: string): { first: number; last: number }[] {
	const headers = patch.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm);
	return [...headers].map(([, start, count = "1"]) => ({
		first: Number(start),
		last: Number(start) + Number(count) - 1,
	}));
}
