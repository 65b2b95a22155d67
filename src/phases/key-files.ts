import { fenceUntrusted } from "../agents/prompt/untrusted.ts";
import type { Excerpt } from "../reports/data.ts";
import type { KeyFile } from "../reports/fields.ts";
import type { ReadExcerpt } from "./phase.ts";

/** Every file once, in the order first named, its ranges joined to one. */
export function uniteKeyFiles(
	lists: readonly (readonly KeyFile[])[],
): KeyFile[] {
	const united = new Map<string, KeyFile>();
	for (const file of lists.flat()) {
		const known = united.get(file.path);
		united.set(
			file.path,
			known
				? {
						...known,
						start_line: Math.min(known.start_line, file.start_line),
						end_line: Math.max(known.end_line, file.end_line),
					}
				: file,
		);
	}
	return [...united.values()];
}

/** Excerpts as material for an agent; what was cut says so. */
export function quoteExcerpts(excerpts: readonly ReadExcerpt[]): string {
	const above = excerpts.filter(({ packed }) => packed).map(nameOf);
	const quoted = excerpts
		.filter(({ packed }) => !packed)
		.map(({ left, text, ...excerpt }) =>
			fenceUntrusted(
				"file",
				nameOf({ ...excerpt, left }),
				left > 0
					? `${text}\n(${left} more lines are left out; use view)`
					: text,
			),
		);
	return [
		...(above.length > 0
			? [
					fenceUntrusted(
						"files",
						'where="whole, in the first part"',
						above.join("\n"),
					),
				]
			: []),
		...quoted,
	].join("\n\n");
}

const nameOf = ({ path, startLine, endLine }: Excerpt) =>
	`path="${path.replace(/["<>\n]/g, "_")}" lines="${startLine}-${Math.max(startLine, endLine)}"`;
