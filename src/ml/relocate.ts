import type { Finding } from "../reports/findings.ts";

/**
 * The finding where its lines stand in `text` now, nearest to where they stood;
 * undefined when they stand nowhere. Indentation does not count.
 */
export function relocate<F extends Pick<Finding, "quote" | "startLine">>(
	finding: F,
	text: string | undefined,
): (F & Pick<Finding, "startLine" | "endLine">) | undefined {
	if (text === undefined || finding.quote === undefined) return undefined;
	const quoted = finding.quote.split("\n").map((line) => line.trim());
	const lines = text.split("\n").map((line) => line.trim());
	const starts = lines
		.map((_, start) => start)
		.filter((start) => quoted.every((line, i) => lines[start + i] === line));
	const distance = (start: number) => Math.abs(start + 1 - finding.startLine);
	const [nearest] = starts.sort((a, b) => distance(a) - distance(b));
	if (nearest === undefined) return undefined;
	const endLine = nearest + quoted.length;
	return { ...finding, startLine: nearest + 1, endLine };
}

/** Which findings stand in these files, and where; of the others, that they are gone. */
export async function whereNow(
	findings: readonly Finding[],
	textOf: (path: string) => Promise<string | undefined>,
): Promise<{ there: Finding[]; gone: Finding[] }> {
	const there: Finding[] = [];
	const gone: Finding[] = [];
	for (const finding of findings) {
		// Older reports do not say which lines were meant.
		const now =
			finding.quote === undefined
				? finding
				: relocate(finding, await textOf(finding.path));
		if (now) there.push(now);
		else gone.push(finding);
	}
	return { there, gone };
}
