import { diffLines } from "diff";

const MOST_LINES = 40;

/** The lines that went (-) and came (+), without what stayed. Untrusted text. */
export function differenceOf(before: string, after: string): string {
	const lines = diffLines(`${before.trimEnd()}\n`, `${after.trimEnd()}\n`)
		.filter(({ added, removed }) => added || removed)
		.flatMap(({ added, value }) =>
			value
				.trimEnd()
				.split("\n")
				.map((line) => `${added ? "+" : "-"} ${line}`),
		);
	if (lines.length <= MOST_LINES) return lines.join("\n");
	const left = lines.length - MOST_LINES;
	return [...lines.slice(0, MOST_LINES), `… and ${left} more lines`].join("\n");
}
