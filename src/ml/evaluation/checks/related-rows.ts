import { digestOf } from "../../../run/digest.ts";
import { dummyOf } from "../baselines/dummy.ts";
import { compareSystems } from "../bootstrap.ts";
import { type Kin, kinOf } from "../leaks/kin.ts";
import { improvement, METRIC } from "../metrics.ts";
import {
	type Bench,
	predictAll,
	type SystemPredictions,
} from "../run-systems.ts";
import { samplesOf } from "../samples.ts";
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

const NAME = "no help from related rows";
/** Of what the model is better by than one prediction for all. */
const MOST_LOST = 0.5;

/**
 * Where the split parts rows of one group, or of times next to each other, a
 * model may recognise them. So it is trained without the kin of some held-out
 * rows, and must not lose most of what it knows of those.
 */
export async function relatedRows(
	bench: Bench,
	predictions: SystemPredictions,
): Promise<SanityCheck> {
	const { subject, split } = bench;
	const { contract } = subject;
	const kin = kinOf(subject, split);
	if (!kin)
		return notApplicable(
			NAME,
			contract.split.kind === "group" || contract.split.kind === "time"
				? `the split by ${contract.split.kind} keeps them on one side`
				: "no column groups rows whose labels are alike, or puts them in order of time",
		);
	const rows = kin.judged.map((at) => split.heldOut[at] as number);
	const [data, features] = [
		tablePath("strangers", contract),
		tablePath("kin", contract),
	];
	const files = new Map(bench.tree.files)
		.set(contract.data, tableOf(subject, kin.training))
		.set(data, tableOf(subject, kin.training))
		.set(features, featuresOf(subject, rows));
	const ran = await predictAll(
		bench,
		files,
		[trialOf("strangers", bench, data, [{ name: "strangers", features }])],
		rows,
	);
	if ("fault" in ran) return notRun(NAME, ran.fault);
	return judge(bench, kin, predictions, ran.values[0] as Float64Array);
}

function judge(
	bench: Bench,
	{ column, of, judged }: Kin,
	{ model }: SystemPredictions,
	strange: Float64Array,
): SanityCheck {
	const { subject, split } = bench;
	const { contract } = subject;
	const { metric } = contract.primary;
	const [first] = model as [Float64Array];
	const known = samplesOf(bench, { model: [first], baseline: [] }, judged);
	const options = { alpha: contract.alpha, key: `kin ${digestOf(contract)}` };
	const against = (baseline: Float64Array) =>
		compareSystems(metric, { ...known, baseline: [baseline] }, options);
	const lost = against(strange);
	const dummy = against(dummyOf(subject, split.training, judged.length));
	const gain = improvement(metric, lost.value, dummy.baseline);
	const [low] = lost.differenceInterval;
	if (!Number.isFinite(low) || !Number.isFinite(gain))
		return notApplicable(
			NAME,
			`too few held-out rows of some values of ${column}`,
		);
	const where =
		of === "group"
			? `while training knows other rows of their ${column}`
			: `while training knows what came after them in ${column}`;
	const remedy = `ask for a split by ${of} with ${column}`;
	const holds = !(low > 0 && lost.difference > MOST_LOST * gain);
	return {
		...check(
			NAME,
			holds,
			`${METRIC[metric].title} ${short(lost.value)} on ${judged.length} held-out rows ${where}, ${short(lost.baseline)} on the same rows where it does not${holds ? "" : `; ${remedy}`}`,
		),
		ofData: true,
	};
}
