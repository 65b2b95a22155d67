// Which scores were given on rows the model, or what prepared its rows, had seen.
import type { Fit, Lineage, Score, Taint } from "./record.ts";
import { overlap } from "./rows.ts";

export interface Pair {
	readonly fit: Fit;
	readonly score: Score;
}

/** A score and something in its rows, or in the model's, that looked at them. */
export interface Leak {
	readonly score: Score;
	/** Missing where cross-validation fits by itself. */
	readonly fit?: Fit | undefined;
	readonly taint: Taint;
	/** It looked at rows of the fit too, not only at those of the score. */
	readonly both: boolean;
}

/** Each score with the fit it is about: the last one before it. */
export function pairsOf({ fits, scores }: Lineage): Pair[] {
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
export function leaksOf(lineage: Lineage): Leak[] {
	return [...pairsOf(lineage), ...foldsOf(lineage)].flatMap(leaksIn);
}

/** Cross-validation divides by itself: what its rows carry has seen all of them. */
function foldsOf({ scores }: Lineage): { score: Score }[] {
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
export function overlapsOf(lineage: Lineage): Pair[] {
	const byFit = Map.groupBy(pairsOf(lineage), ({ fit }) => fit);
	return [...byFit.values()].flatMap((pairs) => {
		const seen = pairs.every(
			({ fit, score }) =>
				overlap(fit.data.rows, score.data.rows) || repeats({ fit, score }),
		);
		return seen && pairs[0] ? [pairs[0]] : [];
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
