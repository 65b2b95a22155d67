// Which scores were given on rows the model, or what prepared its rows, had seen.
import type { Fit, Leak, Lineage, Pair, Score } from "./record.ts";
import { overlap } from "./rows.ts";

/** Each score with the fit it is about: the last one before it. */
export function pairsOf(
	fits: readonly Fit[],
	scores: readonly Score[],
): Pair[] {
	const byEstimator = Map.groupBy(fits, ({ estimator }) => estimator);
	return scores.flatMap((score) => {
		const own = byEstimator.get(score.estimator) ?? [];
		const fit = own.findLast(({ order }) => order < score.order);
		return fit?.data.rows.length && score.data.rows.length
			? [{ fit, score }]
			: [];
	});
}

const CARRIES = new Set(["fit", "aggregate", "group", "backfill", "resample"]);

/** Every look at rows of a score that is in the score's rows or in the model. */
export function leaksOf(
	pairs: readonly Pair[],
	scores: readonly Score[],
): Leak[] {
	return [...pairs, ...foldsOf(scores)].flatMap(leaksIn);
}

/** Cross-validation divides by itself: what its rows carry has seen all of them. */
function foldsOf(scores: readonly Score[]): { score: Score }[] {
	return scores
		.filter(({ kind }) => kind === "folds")
		.map((score) => ({ score }));
}

function leaksIn({ fit, score }: { fit?: Fit; score: Score }): Leak[] {
	if (fit && overlap(fit.data.rows, score.data.rows)) return [];
	const taints = new Set([...(fit?.data.taints ?? []), ...score.data.taints]);
	return [...taints]
		.filter(
			({ kind, source }) =>
				CARRIES.has(kind) && overlap(source, score.data.rows),
		)
		.map((taint) => {
			const both = !fit || overlap(taint.source, fit.data.rows);
			return { fit, score, taint, both };
		});
}

/** Fits of which every score is on rows that were fitted too. */
export function overlapsOf({ pairs }: Lineage): Pair[] {
	const byFit = Map.groupBy(pairs, ({ fit }) => fit);
	return [...byFit.values()].flatMap((own) => {
		const seen = own.every(
			({ fit, score }) =>
				overlap(fit.data.rows, score.data.rows) || repeats({ fit, score }),
		);
		return seen && own[0] ? [own[0]] : [];
	});
}

/** Rows made of other rows were divided after they were made. */
function repeats({ fit, score }: Pair): boolean {
	const taints = [...fit.data.taints, ...score.data.taints];
	return taints.some(
		({ kind, source }) =>
			kind === "resample" &&
			overlap(source, fit.data.rows) &&
			overlap(source, score.data.rows),
	);
}
