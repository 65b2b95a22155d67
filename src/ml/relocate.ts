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
