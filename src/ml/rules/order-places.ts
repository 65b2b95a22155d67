// One place for each look along the rows that reaches a model, or rows that are divided.
import type { CodePlace } from "../python/flow/flow.ts";
import type {
	Fit,
	Lineage,
	Taint,
	TaintKind,
} from "../python/lineage/record.ts";
import type { Code } from "./code.ts";
import type { Place } from "./rule.ts";

export interface Reach {
	readonly taint: Taint;
	/** Where it arrives: the fit of a model, or a split. */
	readonly end: CodePlace;
	readonly fit?: Fit;
}

export function reachesOf({ fits, splits }: Lineage, kind: TaintKind): Reach[] {
	const looks = ({ taints }: Fit["data"]) =>
		taints.filter((taint) => taint.kind === kind);
	return [
		...fits.flatMap((fit) =>
			looks(fit.data).map((taint) => ({ taint, fit, end: fit.place })),
		),
		...splits.flatMap((split) =>
			looks(split.data).map((taint) => ({ taint, end: split.place })),
		),
	];
}

export function orderPlaces(
	{ lineage }: Code,
	kind: TaintKind,
	wanted: (reach: Reach) => boolean,
	tell: (reach: Reach) => Omit<Place, keyof CodePlace>,
): Place[] {
	const byPlace = new Map<string, Place>();
	for (const reach of reachesOf(lineage, kind)) {
		const { place } = reach.taint;
		const key = `${place.path}:${place.startLine}`;
		if (!byPlace.has(key) && wanted(reach))
			byPlace.set(key, { ...place, ...tell(reach) });
	}
	return [...byPlace.values()];
}

/** Why the rows are believed to be in order of time; undefined when nothing says so. */
export function timeOf({ times }: Lineage, taint: Taint): string | undefined {
	const roots = new Set(taint.source.map(({ root }) => root));
	return times.find(({ root }) => roots.has(root))?.why;
}
