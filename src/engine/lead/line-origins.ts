import { diffArrays } from "diff";

/**
 * Where each line of `after` comes from: index i holds the 1-based line of
 * `before` that line i + 1 was, or 0 where it was added. A file that did not
 * exist before is added whole.
 */
export function lineOrigins(
	before: string | undefined,
	after: string,
): number[] {
	const lines = after.split("\n");
	if (before === undefined) return lines.map(() => 0);
	const origins: number[] = [];
	let old = 1;
	for (const part of diffArrays(before.split("\n"), lines)) {
		if (part.removed) old += part.value.length;
		else for (const _ of part.value) origins.push(part.added ? 0 : old++);
	}
	return origins;
}
