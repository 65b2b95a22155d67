// What a system under test hands in: checked before it is believed.
import { readTable } from "../table/read-table.ts";
import { isFault } from "../table/table.ts";

export type Predictions =
	| { readonly values: Float64Array }
	/** Why they cannot be judged, in words that follow "the predictions ...". */
	| { readonly fault: string };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const LIMITS = { rows: 1_000_001, bytes: 256 * 1024 * 1024 };

/** A probability of the positive class, a value, or a probability for each of these classes. */
export type Kind = "probability" | "value" | readonly string[];

/** Probabilities are written with few digits. */
const ROUNDING = 0.001;

/**
 * Reads `id,prediction`, or `id,p_<class>,…` in any order of the classes, and
 * puts the predictions in the order of `ids`, a row's classes side by side.
 * Exactly these ids, each once; finite numbers; probabilities in 0 to 1, those
 * of all classes 1 together.
 */
export function readPredictions(
	bytes: Uint8Array | undefined,
	ids: readonly string[],
	kind: Kind,
): Predictions {
	if (!bytes) return { fault: "were not written" };
	const table = readTable("predictions.csv", bytes, LIMITS);
	if (isFault(table))
		return { fault: `are not a CSV with a header: ${table.fault}` };
	const wanted =
		typeof kind === "string"
			? ["id", "prediction"]
			: ["id", ...kind.map((name) => `p_${name}`)];
	const places = wanted.map((name) => table.columns.indexOf(name));
	if (
		table.columns[0] !== "id" ||
		table.columns.length !== wanted.length ||
		places.includes(-1)
	)
		return {
			fault: `have the header "${clip(table.columns.join())}"; "${clip(wanted.join())}" was expected`,
		};
	const given = new Map<string, number[]>();
	for (const cells of table.rows) {
		const [id = "", ...texts] = places.map((place) => cells[place] ?? "");
		if (given.has(id)) return { fault: `name the id "${clip(id)}" twice` };
		const values = texts.map(numberIn);
		const fault = faultOf(values, texts, kind);
		if (fault)
			return { fault: `${fault.hold} for the id "${clip(id)}"${fault.but}` };
		given.set(id, values);
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
	return {
		values: Float64Array.from(ids.flatMap((id) => given.get(id) ?? [])),
	};
}

const numberIn = (text: string) =>
	NUMBER.test(text.trim()) ? Number(text) : Number.NaN;

/** What is wrong with one row's numbers: before and after the name of its id. */
function faultOf(
	values: readonly number[],
	texts: readonly string[],
	kind: Kind,
): { hold: string; but: string } | undefined {
	const strange = values.findIndex((value) => !Number.isFinite(value));
	if (strange >= 0)
		return {
			hold: `hold "${clip(texts[strange] ?? "")}"`,
			but: "; a finite number was expected",
		};
	const outside = values.find((value) => value < 0 || value > 1);
	if (kind !== "value" && outside !== undefined)
		return { hold: `hold ${outside}`, but: "; a probability lies in 0 to 1" };
	const sum = values.reduce((a, b) => a + b, 0);
	return typeof kind !== "string" && Math.abs(sum - 1) > ROUNDING
		? {
				hold: "hold probabilities",
				but: ` whose sum is ${sum.toPrecision(4)}; 1 was expected`,
			}
		: undefined;
}

function clip(text: string): string {
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
