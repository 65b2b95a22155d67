// One place for each look at held-out rows, told with the first score it reaches.
import type { CodePlace } from "../python/flow/flow.ts";
import type { Leak, Split } from "../python/lineage/record.ts";
import type { Code } from "./code.ts";
import type { Place } from "./rule.ts";

export interface LeakStory extends Leak {
	/** Where the rows are divided, when that is known. */
	readonly split: Split | undefined;
}

type Told = Omit<Place, keyof CodePlace>;

export function leakPlaces(
	{ lineage }: Code,
	wanted: (leak: Leak) => boolean,
	tell: (story: LeakStory) => Told,
): Place[] {
	const byPlace = Map.groupBy(lineage.leaks.filter(wanted), ({ taint }) =>
		[taint.place.path, taint.place.startLine, taint.place.endLine].join("\n"),
	);
	return [...byPlace.values()].flatMap((leaks) => {
		// A score on held-out rows says more than one watched while fitting.
		const leak =
			leaks.find(({ score }) => /^(score|predict)$/.test(score.kind)) ??
			leaks[0];
		if (!leak) return [];
		const split = splitOf(leak, lineage.splits);
		return [{ ...leak.taint.place, ...tell({ ...leak, split }) }];
	});
}

function splitOf({ score }: Leak, splits: readonly Split[]): Split | undefined {
	const ids = new Set(
		score.data.rows.flatMap(({ segments }) => segments.map(({ id }) => id)),
	);
	return splits.findLast(({ id }) => ids.has(id));
}

/** "The model is fitted (line 20) and scored (line 21) on …" */
export function courseOf({ fit, score, split, taint }: LeakStory): string {
	const here = (place: CodePlace) => lineOf(place, taint.place);
	const divided = split ? `, which are divided at ${here(split.place)}` : "";
	if (!fit)
		return `all rows of the cross-validation at ${here(score.place)}${divided}`;
	const seen = score.kind === "validation" ? "watches" : "is scored on";
	return `rows of both sides${divided}: the model fitted at ${here(fit.place)} ${seen} ${seen === "watches" ? "its validation rows there" : `held-out rows at ${here(score.place)}`}`;
}

export function lineOf(there: CodePlace, here: CodePlace): string {
	const line = `line ${there.startLine}`;
	return there.path === here.path ? line : `${there.path}, ${line}`;
}

/** Less sure where the held-out rows are only watched, or cross-validation is all there is. */
export function sureness({ fit, score }: Leak): { confidence?: number } {
	return !fit || score.kind === "validation" ? { confidence: 70 } : {};
}
