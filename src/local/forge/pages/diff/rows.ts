import type { Side } from "../../state.ts";

export interface Row {
	kind: "hunk" | "context" | "added" | "removed" | "remark";
	/** The line's number before and after the change; null where it is not. */
	left: number | null;
	right: number | null;
	text: string;
}

const KINDS: Record<string, Row["kind"]> = {
	"+": "added",
	"-": "removed",
	"\\": "remark",
};

/** A patch as GitHub gives it, from the first hunk's header on. */
export function readRows(patch: string): Row[] {
	let left = 0;
	let right = 0;
	return patch.split("\n").map((line): Row => {
		const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
		if (header) {
			left = Number(header[1]);
			right = Number(header[2]);
			return { kind: "hunk", left: null, right: null, text: line };
		}
		const kind = KINDS[line.charAt(0)] ?? "context";
		const before = kind === "removed" || kind === "context";
		const after = kind === "added" || kind === "context";
		return {
			kind,
			left: before ? left++ : null,
			right: after ? right++ : null,
			text: line.slice(1),
		};
	});
}

export function findRow(
	rows: readonly Row[],
	side: Side,
	line: number,
): Row | undefined {
	return rows.find((row) => (side === "LEFT" ? row.left : row.right) === line);
}
