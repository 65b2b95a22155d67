// What stands nearest to a text that was looked for in vain.

/** Fits a message; a line of data may be as long as the file. */
const LONGEST_LINE = 160;

/** Five real lines around the one most like the wanted text's first one. */
export function nearestLines(content: string, wanted: string): string {
	const lines = content.split(/\r?\n/);
	const first = wanted.split(/\r?\n/).find((line) => line.trim() !== "") ?? "";
	const target = pairs(first);
	let best = { at: 0, likeness: -1 };
	for (const [at, line] of lines.slice(0, 20_000).entries()) {
		const likeness = line === first ? 2 : alike(target, pairs(line));
		if (likeness > best.likeness) best = { at, likeness };
	}
	return numbered(lines, Math.min(best.at - 2, lines.length - 5), 5);
}

/** `count` lines from the one at `from`, each with its number. */
export function numbered(
	lines: readonly string[],
	from: number,
	count: number,
): string {
	const start = Math.max(0, from);
	return lines
		.slice(start, start + count)
		.map((line, i) => `${start + i + 1}\t${line.slice(0, LONGEST_LINE)}`)
		.join("\n");
}

function pairs(line: string): Set<string> {
	const text = line.trim().slice(0, 200);
	const found = new Set<string>();
	for (let at = 0; at < text.length - 1; at++)
		found.add(text.slice(at, at + 2));
	return found;
}

const alike = (a: Set<string>, b: Set<string>) =>
	(2 * a.intersection(b).size) / (a.size + b.size || 1);
