// Tables of GitHub's Markdown.

/** Text for one cell: one line, and no pipe that would end the cell. */
export const cell = (text: string): string =>
	text
		.replace(/\s*\n\s*/g, " ")
		.replace(/(?<!\\)((?:\\\\)*)\|/g, "$1\\|")
		.trim() || "–";

/** `rows` under `head`, every cell made safe; nothing at all without rows. */
export function table(
	head: readonly string[],
	rows: readonly (readonly string[])[],
): string {
	if (rows.length === 0) return "";
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	return [
		line(head.map((title) => title.replaceAll("|", "\\|"))),
		line(head.map(() => "---")),
		...rows.map((row) => line(row.map(cell))),
	].join("\n");
}
