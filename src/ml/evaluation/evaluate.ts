// The locked evaluation of phase 11: our split, our metrics, our rule.
// The code under test only writes predictions; no number is read from text it prints.
import type {
	EvaluationContract,
	Pins,
} from "../../reports/evaluation-plan.ts";
import type { EvaluationResult } from "../../reports/results.ts";
import { digestOf } from "../../run/digest.ts";
import { runnerFor } from "../../workspace/runners/auto.ts";
import type { Runner } from "../../workspace/runners/runner.ts";
import { ownBaselines } from "./baselines/own-baselines.ts";
import { type Comparison, compareByAll } from "./bootstrap.ts";
import { sanityChecks } from "./checks.ts";
import { contractFaults } from "./contract-faults.ts";
import { doubt } from "./doubt.ts";
import { inconclusive, nothingYet } from "./inconclusive.ts";
import { score } from "./metrics.ts";
import { notingPlaces } from "./noting-places.ts";
import { movedPin } from "./pins.ts";
import { evaluateReported } from "./reported.ts";
import {
	type Bench,
	runSystems,
	type SystemPredictions,
} from "./run-systems.ts";
import { samplesOf } from "./samples.ts";
import { scoreSystems } from "./score-systems.ts";
import { testedBy } from "./significance.ts";
import { scoreSlices } from "./slices.ts";
import { splitRows } from "./split.ts";
import { holm } from "./statistics/holm.ts";
import { readSubject } from "./subject.ts";
import { ADAPTER, type Commands, needsAdapter } from "./trials.ts";
import { judge } from "./verdict.ts";
import { withholdLabels } from "./withhold.ts";

export interface EvaluationRequest {
	readonly contract: EvaluationContract;
	/** The whole tree at the head of the stack: repository path to bytes. */
	readonly files: ReadonlyMap<string, Uint8Array>;
	/** The operator's labels, where the contract says that they are there. */
	readonly labels?: Uint8Array | undefined;
	/** What was approved. */
	readonly pins?: Pins | undefined;
	readonly runner: Runner;
	readonly commands?: Commands | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** Must not throw: where nothing can be judged the verdict is INCONCLUSIVE, with the reason. */
export async function evaluate(
	request: EvaluationRequest,
): Promise<EvaluationResult> {
	const started = performance.now();
	const { runner, placesNoted } = notingPlaces(
		await runnerFor(request.runner, request.files),
	);
	const chosen = { ...request, runner };
	const result = await evaluateContract(chosen).catch((error: unknown) =>
		inconclusive(chosen, `the evaluator broke: ${String(error)}`, "machine"),
	);
	const seconds = (performance.now() - started) / 1_000;
	return { ...result, ...placesNoted(), seconds };
}

async function evaluateContract(
	request: EvaluationRequest,
): Promise<EvaluationResult> {
	const { contract, files, labels, runner, commands = {}, signal } = request;
	if (contract.reported) return evaluateReported(request, contract.reported);
	const bytes = files.get(contract.data);
	const moved = movedPin("labels", request.pins, labels);
	if (moved) return inconclusive(request, moved, "contract");
	const faults = contractFaults(contract, bytes, { labels });
	const subject = readSubject(contract, bytes, labels);
	if (faults.length || "faults" in subject)
		return inconclusive(request, faults.join("; "), "contract");
	const split = splitRows(subject);
	const sizes = {
		heldOutRows: split.heldOut.length,
		trainingRows: split.training.length,
	};
	if (needsAdapter(commands) && !files.has(ADAPTER))
		return {
			...inconclusive(
				request,
				`the repository has no ${ADAPTER}; it was expected at the root and tells how to train and predict`,
				"code",
			),
			...sizes,
		};
	const tree = withholdLabels(files, subject, split);
	if (tree.answering.length > 0)
		return {
			...inconclusive(
				request,
				`${tree.answering[0]} names held-out rows together with their labels; code that brings the answers along cannot be judged by them`,
				"code",
			),
			...sizes,
		};
	const baselines = ownBaselines(subject, split);
	const bench: Bench = {
		...{ subject, split, tree, baselines },
		...{ runner, commands, signal },
	};
	const predictions = await runSystems(bench);
	if ("fault" in predictions)
		return {
			...inconclusive(request, predictions.fault, predictions.cause),
			...sizes,
		};
	const judged = judgePredictions(bench, predictions);
	if (!judged)
		return {
			...inconclusive(
				request,
				`the held-out part is too small for an interval of ${contract.primary.metric}: too few independent rows of a class, or most resamples lack one`,
				"contract",
			),
			...sizes,
		};
	const checks = await sanityChecks(bench, predictions);
	const { log } = predictions;
	const result = {
		...{ ...nothingYet(request), ...sizes, ...judged, checks },
		...log,
	};
	const { metric } = contract.primary;
	return { ...result, ...doubt({ ...result, metric }) };
}

/** Everything that follows from the predictions; undefined when no interval can be had. */
function judgePredictions(bench: Bench, predictions: SystemPredictions) {
	const { subject } = bench;
	const { model } = predictions;
	const { contract } = subject;
	const { metric } = contract.primary;
	const samples = samplesOf(bench, predictions);
	const { truth } = samples;
	const [bootstrapped, ...others] = compareByAll(
		[metric, ...contract.secondary],
		samples,
		{ alpha: contract.alpha, key: digestOf(contract) },
	) as [Comparison, ...Comparison[]];
	const comparison = testedBy(contract, samples, bootstrapped);
	if (!Object.values(comparison).flat().every(Number.isFinite))
		return undefined;
	return {
		...judge(contract, comparison),
		...comparison,
		perSeed: contract.seeds.map((seed, i) => ({
			seed,
			value: score(metric, truth, model[i] as Float64Array, samples.terms),
		})),
		...(contract.test ? { test: contract.test } : {}),
		secondary: secondaryRows(contract, others),
		slices: scoreSlices(bench, predictions),
		systems: scoreSystems(bench, samples, comparison),
		...(contract.primary.against ? { against: contract.primary.against } : {}),
	};
}

/** Several looks find something sooner than one: their p-values are Holm's. */
function secondaryRows(
	{ secondary }: EvaluationContract,
	comparisons: readonly Comparison[],
): EvaluationResult["secondary"] {
	const rows = secondary
		.map((metric, i) => ({ metric, ...(comparisons[i] as Comparison) }))
		.filter(({ value, baseline }) => Number.isFinite(value + baseline));
	const known = rows.map(({ pValue }) => (pValue >= 0 ? pValue : 1));
	const adjusted = holm(known);
	return rows.map(({ metric, value, baseline, pValue }, i) => ({
		...{ metric, value, baseline },
		...(pValue >= 0 ? { pValue: adjusted[i] as number } : {}),
	}));
}
