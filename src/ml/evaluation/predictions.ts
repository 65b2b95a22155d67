// What a system under test hands in: checked before it is believed.
import { readTable } from "../table/read-table.ts";
import { isFault } from "../table/table.ts";

export type Predictions =
	| { readonly values: Float64Array }
	/** Why they cannot be judged, in words that follow "the predictions ...". */
	| { readonly fault: string };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const LIMITS = { rows: 1_000_001, bytes: 256 * 1024 * 1024 };

/**
 * Reads `id,prediction` and puts the predictions in the order of `ids`.
 * Exactly these ids, each once; finite numbers; probabilities in 0 to 1.
 */
export function readPredictions(
	bytes: Uint8Array | undefined,
	ids: readonly string[],
	kind: "probability" | "value",
): Predictions {
	if (!bytes) return { fault: "were not written" };
	const table = readTable("predictions.csv", bytes, LIMITS);
	if (isFault(table))
		return { fault: `are not a CSV with a header: ${table.fault}` };
	if (table.columns.join() !== "id,prediction")
		return {
			fault: `have the header "${clip(table.columns.join())}"; "id,prediction" was expected`,
		};
	const given = new Map<string, number>();
	for (const [id = "", text = ""] of table.rows) {
		if (given.has(id)) return { fault: `name the id "${clip(id)}" twice` };
		const value = NUMBER.test(text.trim()) ? Number(text) : Number.NaN;
		if (!Number.isFinite(value))
			return {
				fault: `hold "${clip(text)}" for the id "${clip(id)}"; a finite number was expected`,
			};
		if (kind === "probability" && (value < 0 || value > 1))
			return {
				fault: `hold ${value} for the id "${clip(id)}"; a probability lies in 0 to 1`,
			};
		given.set(id, value);
	}
	const missing = ids.filter((id) => !given.has(id));
	if (missing.length)
		return {
			fault: `lack ${missing.length} of ${ids.length} ids, first "${missing[0]}"`,
		};
	if (given.size > ids.length) {
		const asked = new Set(ids);
		const strange = [...given.keys()].find((id) => !asked.has(id)) ?? "";
		return { fault: `name the id "${clip(strange)}", which was not asked for` };
	}
	return { values: Float64Array.from(ids, (id) => given.get(id) as number) };
}

function clip(text: string): string {
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
