import { METRIC, score } from "../metrics.ts";
import { SMALL_BATCH, smallBatch } from "../probes.ts";
import { type Bench, predictAll } from "../run-systems.ts";
import { tablePath } from "../trials.ts";
import { featuresOf, tableOf } from "../withhold.ts";
import {
	check,
	notApplicable,
	notRun,
	type SanityCheck,
	short,
	trialOf,
} from "./check.ts";
import { learnedMetric } from "./learned-metric.ts";

/** What a model reaches on the few rows it was trained on, if it can learn at all. */
const LEARNED = { roc_auc: 0.8, balanced_accuracy: 0.8, r2: 0.5 } as const;

export async function learnsSmallBatch(bench: Bench): Promise<SanityCheck> {
	const name = "overfits a small batch";
	const { subject, split } = bench;
	const { contract, truth } = subject;
	const rows = smallBatch(subject, split);
	if (rows.length < SMALL_BATCH)
		return notApplicable(name, `fewer than ${SMALL_BATCH} rows to choose from`);
	const data = tablePath("small", contract);
	const features = tablePath("small-features", contract);
	const files = new Map(bench.tree.files)
		.set(data, tableOf(subject, rows))
		.set(features, featuresOf(subject, rows));
	const ran = await predictAll(
		bench,
		files,
		[trialOf("small", bench, data, [{ name: "small", features }])],
		rows,
	);
	if ("fault" in ran) return notRun(name, ran.fault);
	const metric = learnedMetric(subject);
	const labels = rows.map((row) => truth[row] as number);
	const reached = score(metric, labels, ran.values[0] as Float64Array);
	return check(
		name,
		reached >= LEARNED[metric],
		`${METRIC[metric].title} ${short(reached)} on the ${rows.length} rows it was trained on; ${LEARNED[metric]} was expected`,
	);
}
