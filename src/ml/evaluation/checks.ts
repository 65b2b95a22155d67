// The sanity battery: does the result mean what it seems to mean?
// It stands beside the verdict; only a PASS that was not learned is none.
import type { z } from "zod";
import type { SanityCheck as SanityCheckSchema } from "../../reports/results.ts";
import { gradientFlow } from "./gradient-flow.ts";
import { improvement, METRIC, score } from "./metrics.ts";
import {
	hideInputs,
	SMALL_BATCH,
	smallBatch,
	withShuffledLabels,
} from "./probes.ts";
import {
	type Bench,
	predictAll,
	type SystemPredictions,
} from "./run-systems.ts";
import type { Subject } from "./subject.ts";
import { type Trial, tablePath } from "./trials.ts";
import { featuresOf, tableOf } from "./withhold.ts";

export type SanityCheck = z.infer<typeof SanityCheckSchema>;

/** Rows that differ in their id only may be chance in a table of few columns. */
const TWINS_TOLERATED = 0.01;
/** What a model reaches on the few rows it was trained on, if it can learn at all. */
const LEARNED = { roc_auc: 0.8, balanced_accuracy: 0.8, r2: 0.5 } as const;

export async function sanityChecks(
	bench: Bench,
	primary: SystemPredictions,
): Promise<SanityCheck[]> {
	const still = [labelsWithheld(bench), nothingShared(bench)];
	const first = sameSeedAndBlind(bench, primary);
	// Two at a time: each is a process of its own.
	const [again, small, gradients, shuffled] = await Promise.all([
		first,
		first.then(() => learnsSmallBatch(bench)),
		first.then(() => gradientFlow(bench)),
		shuffledLabels(bench),
	]);
	return [...still, ...again, shuffled, small, gradients];
}

function labelsWithheld({ tree }: Bench): SanityCheck {
	const left = tree.withheld;
	return check(
		"held-out labels out of reach",
		true,
		left.length
			? `the code saw the training rows only; left out because they repeat held-out rows or cannot be searched: ${left.slice(0, 5).join(", ")}${left.length > 5 ? ` and ${left.length - 5} more` : ""}`
			: "the code saw the training rows only",
	);
}

function nothingShared({ subject, split }: Bench): SanityCheck {
	const { table, ids, groups, contract } = subject;
	const at = table.columns.indexOf(contract.id);
	const body = (row: number) =>
		(table.rows[row] ?? []).toSpliced(at, 1).join("\u0000");
	const seen = {
		ids: new Set(split.training.map((row) => ids[row])),
		groups: new Set(split.training.map((row) => groups[row])),
		bodies: new Set(split.training.map(body)),
	};
	const shared = split.heldOut.filter(
		(row) => seen.ids.has(ids[row]) || seen.groups.has(groups[row]),
	).length;
	const twins = split.heldOut.filter((row) => seen.bodies.has(body(row)));
	const grouped = groups === ids ? "" : ` or ${contract.split.group}`;
	const verdict = check(
		"no shared rows or groups",
		shared === 0 && twins.length <= TWINS_TOLERATED * split.heldOut.length,
		`${shared} held-out rows share an id${grouped} with training; ${twins.length} equal a training row in all but the id`,
	);
	return { ...verdict, ofData: true };
}

async function sameSeedAndBlind(
	bench: Bench,
	{ model }: SystemPredictions,
): Promise<SanityCheck[]> {
	const { subject, split } = bench;
	const { contract, truth } = subject;
	const names = ["same seed, same predictions", "worse without its inputs"];
	const features = tablePath("features", contract);
	const blind = tablePath("blind-features", contract);
	const files = new Map(bench.tree.files)
		.set(features, featuresOf(subject, split.heldOut))
		.set(blind, featuresOf(subject, split.heldOut, hideInputs(subject, split)));
	const ran = await predictAll(
		bench,
		files,
		[
			trial("again", bench, contract.data, [
				{ name: "again", features },
				{ name: "blind", features: blind },
			]),
		],
		split.heldOut,
	);
	if ("fault" in ran) return names.map((name) => notRun(name, ran.fault));
	const [repeated, blinded] = ran.values as [Float64Array, Float64Array];
	const [first] = model as [Float64Array];
	const metric = contract.primary.metric;
	const labels = split.heldOut.map((row) => truth[row] as number);
	const [seeing, unseeing] = [
		score(metric, labels, repeated),
		score(metric, labels, blinded),
	];
	return [
		check(
			names[0] as string,
			repeated.every((p, i) => p === first[i]),
			`trained twice with seed ${contract.seeds[0]}; the predictions were compared digit by digit`,
		),
		check(
			names[1] as string,
			improvement(metric, seeing, unseeing) > 0,
			`${METRIC[metric].title} ${short(seeing)} with the features, ${short(unseeing)} with the same features for every row`,
		),
	];
}

async function shuffledLabels(bench: Bench): Promise<SanityCheck> {
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
		return trial(output, bench, data, [{ name: output, features }]);
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
): { metric: keyof typeof LEARNED; ceiling: number } {
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

/** What tells learning from chance, whatever the contract decides by. */
function learnedMetric({ contract, classes }: Subject): keyof typeof LEARNED {
	if (contract.task === "regression") return "r2";
	return classes.length ? "balanced_accuracy" : "roc_auc";
}

async function learnsSmallBatch(bench: Bench): Promise<SanityCheck> {
	const name = "overfits a small batch";
	const { subject, split } = bench;
	const { contract, truth } = subject;
	const rows = smallBatch(subject, split);
	if (rows.length < SMALL_BATCH)
		return {
			name,
			status: "not applicable",
			detail: `fewer than ${SMALL_BATCH} rows to choose from`,
		};
	const data = tablePath("small", contract);
	const features = tablePath("small-features", contract);
	const files = new Map(bench.tree.files)
		.set(data, tableOf(subject, rows))
		.set(features, featuresOf(subject, rows));
	const ran = await predictAll(
		bench,
		files,
		[trial("small", bench, data, [{ name: "small", features }])],
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

function trial(
	name: string,
	{ subject }: Bench,
	data: string,
	predictions: Trial["predictions"],
): Trial {
	const seed = subject.contract.seeds[0] as number;
	return { name, system: "model", seed, data, predictions };
}

function check(name: string, passed: boolean, detail: string): SanityCheck {
	return { name, status: passed ? "passed" : "failed", detail };
}

function notRun(name: string, fault: string): SanityCheck {
	return { name, status: "failed", detail: `could not be run: the ${fault}` };
}

const short = (value: number) => value.toFixed(3);
