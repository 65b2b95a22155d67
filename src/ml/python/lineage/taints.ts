// Looks at rows, each written down once however often it is traced.
import type { PyNode } from "../node.ts";
import { contentOf, type Datum, datum } from "./datum.ts";
import { measureOf } from "./measures.ts";
import type { Taint, TaintKind } from "./record.ts";
import { isSingle, keyOf, wholeOf } from "./rows.ts";
import { type Frame, placeOf } from "./scope.ts";

export function looked(
	frame: Frame,
	whole: Datum,
	node: PyNode,
	name: string,
	kind: TaintKind,
	supervised = false,
): Taint {
	const { rows: source, columns } = whole;
	const place = placeOf(frame, node);
	const { path, startLine, endLine } = place;
	const key = [kind, name, path, startLine, endLine, supervised];
	const all = [...key, ...source.map(keyOf), columns?.join("\n")].join("\0");
	const { taints } = frame.world;
	const known = taints.get(all);
	if (known) return known;
	const taint = { kind, name, source, columns, supervised, place };
	taints.set(all, taint);
	return taint;
}

/** `ages.mean()`: a number over many rows, or over the cells of one. */
export function statisticOf(
	frame: Frame,
	whole: Datum,
	node: PyNode,
	name: string,
	kind: TaintKind = "aggregate",
): Datum {
	const measure = measureOf([whole], name);
	if (measure) return measure;
	if (whole.rows.some(isSingle))
		return { ...contentOf(whole), rows: wholeOf(whole.rows) };
	const aggregates = [looked(frame, whole, node, name, kind)];
	return datum({ aggregates, each: datum({ aggregates }) });
}

const written = new WeakMap<Taint, Map<string, Taint>>();

/** The same look, in one column. */
export function intoColumn(taint: Taint, into: string | undefined): Taint {
	if (into === undefined || taint.into === into) return taint;
	const origin = taint.origin ?? taint;
	const known = written.get(origin) ?? new Map<string, Taint>();
	written.set(origin, known);
	const made = known.get(into) ?? { ...origin, into, origin };
	known.set(into, made);
	return made;
}
