// Which scores were given on rows the model, or what prepared its rows, had seen.
import type { Fit, Leak, Lineage, Pair, Score, Split } from "./record.ts";
import { covers, overlap } from "./rows.ts";

/** Each score with the fit it is about: the last one before it. */
export function pairsOf(
	fits: readonly Fit[],
	scores: readonly Score[],
): Pair[] {
	const byEstimator = Map.groupBy(fits, ({ estimator }) => estimator);
	return scores.flatMap((score) => {
		// Cross-validation fits copies of its own.
		if (score.kind === "folds") return [];
		const own = byEstimator.get(score.estimator) ?? [];
		const fit = own.findLast(({ order }) => order < score.order);
		return fit?.data.rows.length && score.data.rows.length
			? [{ fit, score }]
			: [];
	});
}

const CARRIES = new Set(["fit", "aggregate", "group", "backfill", "resample"]);

/** Every look at held-out rows that is in them or in the model. */
export function leaksOf(
	pairs: readonly Pair[],
	scores: readonly Score[],
	splits: readonly Split[],
): Leak[] {
	const folds = scores.filter(({ kind }) => kind === "folds");
	return [
		...pairs.flatMap((pair) => leaksIn(pair, splits)),
		...folds.flatMap((score) => leaksIn({ score }, splits)),
		...splits.flatMap(dividedLeaks),
	];
}

function leaksIn(
	{ fit, score }: { fit?: Fit; score: Score },
	splits: readonly Split[],
): Leak[] {
	if (fit && overlap(fit.data.rows, score.data.rows)) return [];
	const { rows, taints } = score.data;
	const ids = new Set(
		rows.flatMap(({ segments }) => segments.map(({ id }) => id)),
	);
	const split = splits.findLast(({ id }) => ids.has(id));
	return [...new Set([...(fit?.data.taints ?? []), ...taints])]
		.filter(({ kind, source }) => CARRIES.has(kind) && overlap(source, rows))
		.map((taint) => {
			const both = !fit || overlap(taint.source, fit.data.rows);
			return { fit, score, split, taint, both };
		});
}

/** What rows carry of each other when they are divided is on both sides. */
function dividedLeaks(split: Split): Leak[] {
	return split.data.taints
		.filter(
			({ kind, source }) =>
				CARRIES.has(kind) && covers(source, split.data.rows),
		)
		.map((taint) => ({ taint, split, both: true }));
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
