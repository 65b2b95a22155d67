// One place for each look at held-out rows, told with the first score it reaches.
import type { CodePlace } from "../python/flow/flow.ts";
import type { Leak } from "../python/lineage/record.ts";
import type { Code } from "./code.ts";
import type { Place } from "./rule.ts";

type Told = Omit<Place, keyof CodePlace>;

export function leakPlaces(
	{ lineage }: Code,
	wanted: (leak: Leak) => boolean,
	tell: (leak: Leak) => Told,
): Place[] {
	const byPlace = Map.groupBy(lineage.leaks.filter(wanted), ({ taint }) =>
		[taint.place.path, taint.place.startLine, taint.place.endLine].join("\n"),
	);
	return [...byPlace.values()].flatMap((leaks) => {
		const [gravest] = leaks.toSorted((a, b) => weight(b) - weight(a));
		return gravest ? [{ ...gravest.taint.place, ...tell(gravest) }] : [];
	});
}

/** A score on held-out rows says more than one watched while fitting, and a split alone least. */
function weight({ fit, score }: Leak): number {
	if (!score) return 0;
	if (!fit || score.kind === "validation") return 1;
	// Rows of another file that are only predicted are to be handed in: nobody scores them here.
	const kin = score.data.rows.some(({ root }) =>
		fit.data.rows.some((path) => path.root === root),
	);
	return kin || score.measured ? 2 : 1;
}

/** The rows it saw, and what became of them. */
export function courseOf({ fit, score, split, taint }: Leak): string {
	const at = (place: CodePlace) => lineOf(place, taint.place);
	if (!score)
		return `all rows, which are divided${split ? ` at ${at(split.place)}` : ""}`;
	if (!fit) return `all rows of the cross-validation at ${at(score.place)}`;
	const divided = split ? `, which are divided at ${at(split.place)}` : "";
	const judged =
		score.kind === "validation"
			? "and watched on its validation rows there"
			: `and scored on held-out rows at ${at(score.place)}`;
	return `rows of both sides${divided}; the model is fitted at ${at(fit.place)} ${judged}`;
}

/** Whether this line is met for the first time; code is traced more than once. */
export function isNew(seen: Set<string>, place: CodePlace): boolean {
	const key = `${place.path}:${place.startLine}`;
	if (seen.has(key)) return false;
	seen.add(key);
	return true;
}

export function lineOf(there: CodePlace, here: CodePlace): string {
	const line = `line ${there.startLine}`;
	return there.path === here.path ? line : `${there.path}, ${line}`;
}

/** Less sure the less of the course is in sight. */
export function sureness(leak: Leak): { confidence?: number } {
	const known = weight(leak);
	return known === 2 ? {} : { confidence: known === 1 ? 70 : 60 };
}
