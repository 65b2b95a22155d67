import type { KeyFile } from "../reports/fields.ts";

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
