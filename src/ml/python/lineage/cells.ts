// `get_ipython().run_cell_magic("time", "", "…")`: a notebook's cell, exported as a text.
import { stringValue } from "../node.ts";
import { parseNow } from "../parser.ts";
import type { MethodCall } from "./methods.ts";
import { type Frame, placeOf } from "./scope.ts";
import { runBlock } from "./statements.ts";

/** Magics that run their cell as Python in the same names. */
const RUNS = /^(time|timeit|capture|prun)$/;
const ESCAPED = /\\(?:\r?\n|([\\'"nt]))/g;
const SIGNS: Readonly<Record<string, string>> = { n: "\n", t: "\t" };

export function runCell(frame: Frame, { args, node }: MethodCall): void {
	const [magic, , cell] = args.node.children;
	if (!magic || !cell || !RUNS.test(stringValue(magic) ?? "")) return;
	const text = stringValue(cell);
	if (text === undefined) return;
	const source = text.replace(ESCAPED, (_, sign) => SIGNS[sign] ?? sign ?? "");
	const root = parseNow(source);
	// All of it stands where the call does.
	if (root) runBlock({ ...frame, at: placeOf(frame, node) }, root);
}
