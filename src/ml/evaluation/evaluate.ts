// The locked evaluation of phase 11: our split, our metrics, our rule.
// The code under test only writes predictions; no number is read from text it prints.
import type {
	EvaluationContract,
	MetricName,
} from "../../reports/evaluation-plan.ts";
import type { EvaluationResult } from "../../reports/results.ts";
import { digestOf, sha256 } from "../../run/digest.ts";
import { runnerFor } from "../../workspace/runners/auto.ts";
import type { Runner } from "../../workspace/runners/runner.ts";
import { compareSystems, median } from "./bootstrap.ts";
import { doubt, sanityChecks } from "./checks.ts";
import { contractFaults } from "./contract-faults.ts";
import { score } from "./metrics.ts";
import {
	type Bench,
	runSystems,
	type SystemPredictions,
} from "./run-systems.ts";
import { scoreSlices } from "./slices.ts";
import { splitRows } from "./split.ts";
import { readSubject } from "./subject.ts";
import { ADAPTER, type Commands, needsAdapter } from "./trials.ts";
import { judge } from "./verdict.ts";
import { withholdLabels } from "./withhold.ts";

export interface EvaluationRequest {
	readonly contract: EvaluationContract;
	/** The whole tree at the head of the stack: repository path to bytes. */
	readonly files: ReadonlyMap<string, Uint8Array>;
	readonly runner: Runner;
	readonly commands?: Commands | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** Must not throw: where nothing can be judged the verdict is INCONCLUSIVE, with the reason. */
export async function evaluate(
	request: EvaluationRequest,
): Promise<EvaluationResult> {
	const started = performance.now();
	const runner = await runnerFor(request.runner, request.files);
	const chosen = { ...request, runner };
	const result = await evaluateContract(chosen).catch((error: unknown) =>
		inconclusive(chosen, `the evaluator broke: ${String(error)}`, "machine"),
	);
	return { ...result, seconds: (performance.now() - started) / 1_000 };
}

async function evaluateContract(
	request: EvaluationRequest,
): Promise<EvaluationResult> {
	const { contract, files, runner, commands = {}, signal } = request;
	const bytes = files.get(contract.data);
	const faults = contractFaults(contract, bytes);
	const subject = readSubject(contract, bytes);
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
	const bench: Bench = { subject, split, tree, runner, commands, signal };
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
				"the held-out part is too small for an interval: most resamples lack a class",
				"contract",
			),
			...sizes,
		};
	const checks = await sanityChecks(bench, predictions);
	return {
		...nothingYet(request),
		...{ ...sizes, ...judged, checks },
		...doubt(judged.verdict, checks),
	};
}

/** Everything that follows from the predictions; undefined when no interval can be had. */
function judgePredictions(
	{ subject, split }: Bench,
	{ model, baseline }: SystemPredictions,
) {
	const { contract } = subject;
	const { metric } = contract.primary;
	const truth = split.heldOut.map((row) => subject.truth[row] as number);
	const groups = split.heldOut.map((row) => subject.groups[row] as string);
	const comparison = compareSystems(
		metric,
		{ truth, model, baseline, groups },
		{ alpha: contract.alpha, key: digestOf(contract) },
	);
	if (!Object.values(comparison).flat().every(Number.isFinite))
		return undefined;
	const over = (name: MetricName, predictions: readonly Float64Array[]) =>
		median(predictions.map((p) => score(name, truth, p)));
	const prior =
		split.training.reduce((sum, row) => sum + (subject.truth[row] ?? 0), 0) /
		split.training.length;
	const dummy = Float64Array.from(truth, () => prior);
	return {
		...judge(contract, comparison),
		...comparison,
		perSeed: contract.seeds.map((seed, i) => ({
			seed,
			value: score(metric, truth, model[i] as Float64Array),
		})),
		secondary: contract.secondary
			.map((name) => ({
				metric: name,
				value: over(name, model),
				baseline: over(name, baseline),
			}))
			.filter((row) => Number.isFinite(row.value + row.baseline)),
		slices: scoreSlices(subject, split, model),
		systems: [
			{ name: "dummy", value: score(metric, truth, dummy) },
			{ name: "existing baseline", value: comparison.baseline },
			{ name: "this model", value: comparison.value },
		].filter(({ value }) => Number.isFinite(value)),
	};
}

const inconclusive = (
	request: EvaluationRequest,
	reason: string,
	cause: NonNullable<EvaluationResult["cause"]>,
): EvaluationResult => ({ ...nothingYet(request), reason, cause });

function nothingYet({
	contract,
	files,
	runner,
}: EvaluationRequest): EvaluationResult {
	const bytes = files.get(contract.data);
	return {
		verdict: "INCONCLUSIVE",
		reason: "",
		metric: contract.primary.metric,
		perSeed: [],
		secondary: [],
		slices: [],
		systems: [],
		checks: [],
		heldOutRows: 0,
		trainingRows: 0,
		dataDigest: bytes ? sha256(bytes) : "",
		runner: runner.name,
		seconds: 0,
	};
}
