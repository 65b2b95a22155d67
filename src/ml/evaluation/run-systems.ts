// Model and baseline, trained on the training part, predict the held-out rows.
import { rivalOf } from "../../reports/evaluation-plan.ts";
import {
	DEFAULT_LIMITS,
	type Job,
	type JobResult,
	type Runner,
} from "../../workspace/runners/runner.ts";
import type { Baseline } from "./baselines/own-baselines.ts";
import { METRIC } from "./metrics.ts";
import { readPredictions } from "./predictions.ts";
import type { Split } from "./split.ts";
import type { Subject } from "./subject.ts";
import { type Tracked, trackedIn, withTracking } from "./tracking.ts";
import {
	type Commands,
	jobOf,
	modelFolder,
	outputOf,
	type System,
	type Trial,
	tablePath,
	troubleOf,
} from "./trials.ts";
import { featuresOf, type SafeTree } from "./withhold.ts";

export interface Bench {
	readonly subject: Subject;
	readonly split: Split;
	readonly tree: SafeTree;
	/** Computed by us; one of them is what the contract compares with, where it is not the existing model. */
	readonly baselines: readonly Baseline[];
	readonly runner: Runner;
	readonly commands?: Commands | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** One array per seed of the contract (one alone, where a baseline has no seeds), in the order of the held-out rows. */
export type SystemPredictions = Readonly<Record<System, Float64Array[]>> & {
	/** What training the model logged. */
	readonly log?: Tracked;
};

export interface Fault {
	readonly fault: string;
	/** A machine that cannot run it says nothing about the code. */
	readonly cause: "code" | "machine";
}

/** For one job: all seeds of a system. */
export const LIMITS = { ...DEFAULT_LIMITS, seconds: 300 };

export async function runSystems(
	bench: Bench,
): Promise<SystemPredictions | Fault> {
	const { subject, split, tree } = bench;
	const { contract } = subject;
	const features = tablePath("features", contract);
	const files = new Map(tree.files).set(
		features,
		featuresOf(subject, split.heldOut),
	);
	const trialsOf = (system: System): Trial[] =>
		contract.seeds.map((seed) => ({
			name: `${system}-${seed}`,
			system,
			seed,
			data: contract.data,
			predictions: [{ name: `${system}-${seed}`, features }],
		}));
	const own = bench.baselines.find(({ name }) => name === rivalOf(contract));
	const [model, baseline] = await Promise.all([
		predictAll(bench, files, trialsOf("model"), split.heldOut, (job) =>
			withTracking(job, modelFolder(trialsOf("model")[0] as Trial)),
		),
		own
			? { values: [own.values] }
			: predictAll(bench, files, trialsOf("baseline"), split.heldOut),
	]);
	if ("fault" in model)
		return { ...model, fault: `the model's ${model.fault}` };
	if ("fault" in baseline)
		return { ...baseline, fault: `the baseline's ${baseline.fault}` };
	const { values, curves, tracked } = model;
	return { model: values, baseline: baseline.values, log: { curves, tracked } };
}

export interface Predicted extends Tracked {
	readonly values: Float64Array[];
	readonly seconds: number;
}

/** Runs the trials in one job; all their predictions, or the first thing wrong. */
export async function predictAll(
	bench: Bench,
	files: ReadonlyMap<string, Uint8Array>,
	trials: readonly Trial[],
	rows: readonly number[],
	change: (job: Job) => Job = (job) => job,
): Promise<Predicted | Fault> {
	const { ids, classes, contract } = bench.subject;
	const result = await execute(
		bench,
		change(jobOf(trials, files, LIMITS, bench.commands)),
	);
	const trouble = troubleOf(result);
	if (trouble)
		return {
			fault: `run did not finish: ${trouble}`,
			cause: result.status === "unavailable" ? "machine" : "code",
		};
	const wanted = rows.map((row) => ids[row] as string);
	const kind = classes.length
		? classes
		: METRIC[contract.primary.metric].predicts;
	const values: Float64Array[] = [];
	for (const { name, seed, predictions } of trials)
		for (const { name: output } of predictions) {
			const read = readPredictions(outputOf(result, output), wanted, kind);
			if ("fault" in read)
				return {
					fault: `predictions (${name}, seed ${seed}) ${read.fault}`,
					cause: "code",
				};
			values.push(read.values);
		}
	return { values, seconds: secondsOf(result), ...trackedIn(result) };
}

/** Without what starting and copying take. */
const secondsOf = ({ commands }: JobResult) =>
	commands.reduce((sum, { seconds }) => sum + seconds, 0);

/** A runner must not throw; one that does is a failed job, not the end of the run. */
async function execute(
	{ runner, signal }: Bench,
	job: Job,
): Promise<JobResult> {
	try {
		return await runner.run(job, signal);
	} catch (error) {
		return {
			status: "unavailable",
			reason: `the ${runner.name} runner broke: ${String(error)}`,
			commands: [],
			files: new Map(),
			seconds: 0,
		};
	}
}
