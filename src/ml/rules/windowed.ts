// Whether a leak is about a series that is cut into windows.
import type { Leak } from "../python/lineage/record.ts";
import type { Code } from "./code.ts";

const SCALES = /Scaler$|scale$|^zscore$/;

/** A scaler over a whole series that is in order of time. */
export function isWindowed({ lineage }: Code, { taint }: Leak): boolean {
	if (!SCALES.test(taint.name)) return false;
	const roots = new Set(taint.source.map(({ root }) => root));
	return lineage.windows.some(({ rows }) =>
		rows.some(({ root }) => roots.has(root)),
	);
}
