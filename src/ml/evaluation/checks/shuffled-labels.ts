import { METRIC, score } from "../metrics.ts";
import { withShuffledLabels } from "../probes.ts";
import { type Bench, predictAll } from "../run-systems.ts";
import { tablePath } from "../trials.ts";
import { featuresOf, tableOf } from "../withhold.ts";
import { check, notRun, type SanityCheck, short, trialOf } from "./check.ts";
import { type LearnedMetric, learnedMetric } from "./learned-metric.ts";

export async function shuffledLabels(bench: Bench): Promise<SanityCheck> {
	const name = "shuffled labels at chance";
	const { subject, split } = bench;
	const { contract, truth } = subject;
	const features = tablePath("features", contract);
	const files = new Map(bench.tree.files).set(
		features,
		featuresOf(subject, split.heldOut),
	);
	const draws = withShuffledLabels(subject, split);
	// The true training labels must not be at hand in this probe.
	files.set(contract.data, tableOf(draws[0], split.training));
	const trials = draws.map((dealt, i) => {
		const output = `shuffled-${i + 1}`;
		const data = tablePath(output, contract);
		files.set(data, tableOf(dealt, split.training));
		return trialOf(output, bench, data, [{ name: output, features }]);
	});
	const ran = await predictAll(bench, files, trials, split.heldOut);
	if ("fault" in ran) return notRun(name, ran.fault);
	const labels = split.heldOut.map((row) => truth[row] as number);
	const { metric, ceiling } = chance(bench, labels);
	const scores = ran.values.map((p) => score(metric, labels, p));
	const reached = scores.reduce((a, b) => a + b, 0) / scores.length;
	return check(
		name,
		reached <= ceiling,
		`trained on labels dealt out at random it reaches ${METRIC[metric].title} ${short(reached)} (mean of two opposite draws); up to ${short(ceiling)} is chance`,
	);
}

/** Three standard errors above no skill (of the Mann-Whitney statistic under its null). */
function chance(
	{ subject }: Bench,
	labels: readonly number[],
): { metric: LearnedMetric; ceiling: number } {
	const n = labels.length;
	const metric = learnedMetric(subject);
	if (metric === "r2") return { metric, ceiling: 3 / Math.sqrt(n) };
	if (metric === "balanced_accuracy") {
		const share = 1 / subject.classes.length;
		const inverse = subject.classes
			.map((_, at) => 1 / labels.filter((label) => label === at).length)
			.reduce((a, b) => a + b, 0);
		const spread = share * (1 - share) * inverse;
		return { metric, ceiling: share + 3 * share * Math.sqrt(spread) };
	}
	const positives = labels.reduce((a, b) => a + b, 0);
	const error = Math.sqrt((n + 1) / (12 * positives * (n - positives)));
	return { metric, ceiling: 0.5 + 3 * error };
}
