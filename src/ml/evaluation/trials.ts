// What the systems under test are asked to do, and what came back.
import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import { pythonArguments } from "../../run/command-line.ts";
import type { Config } from "../../run/config.ts";
import type {
	Job,
	JobLimits,
	JobResult,
	PythonCommand,
} from "../../workspace/runners/runner.ts";

/** The adapter's place in a target repository. */
export const ADAPTER = "modelwright_eval.py";

/** Where the trials keep their files inside the tree. */
const FOLDER = "modelwright-evaluation";

export type System = "model" | "baseline";

/** Command lines that a repository gives in place of the adapter's. */
export type Commands = Pick<Config["commands"], "train" | "predict">;

export const needsAdapter = ({ train, predict }: Commands) =>
	!train || !predict;

/** One training, and a prediction for each feature table. */
export interface Trial {
	readonly name: string;
	readonly system: System;
	readonly seed: number;
	/** Path of the training table in the tree. */
	readonly data: string;
	readonly predictions: readonly { name: string; features: string }[];
}

export const tablePath = (name: string, contract: EvaluationContract) =>
	`${FOLDER}/${name}${contract.data.toLowerCase().endsWith(".tsv") ? ".tsv" : ".csv"}`;

/**
 * One process for several trials: starting a runner costs more than training.
 * What is to be predicted appears when all have been trained.
 */
export function jobOf(
	trials: readonly Trial[],
	files: ReadonlyMap<string, Uint8Array>,
	limits: JobLimits,
	commands: Commands = {},
): Job {
	const tree = new Map(files);
	for (const trial of trials)
		tree.set(`${modelFolder(trial)}/.keep`, new Uint8Array());
	return {
		files: tree,
		later: {
			command: trials.length,
			paths: trials.flatMap(({ predictions }) =>
				predictions.map(({ features }) => features),
			),
		},
		commands: [
			...trials.map((trial) => trainingOf(trial, commands)),
			...trials.flatMap((trial) => predictionsOf(trial, commands)),
		],
		collect: trials.flatMap(({ predictions }) =>
			predictions.map(({ name }) => outputPath(name)),
		),
		limits,
	};
}

export function outputOf(
	result: JobResult,
	name: string,
): Uint8Array | undefined {
	return result.files.get(outputPath(name));
}

/** Why a job did not end well, in one sentence; undefined when it did. */
export function troubleOf(result: JobResult): string | undefined {
	if (result.status === "ok") return undefined;
	const last = result.commands.at(-1);
	if (result.status !== "failed" || !last || last.exit === 0)
		return result.reason || `the runner says: ${result.status}`;
	const said = last.output.trim().split("\n").at(-1)?.slice(0, 200);
	return `"python ${last.args.slice(0, 4).join(" ")}" ended with exit status ${last.exit}${said ? `, its last line: ${said}` : ""}`;
}

const trainingOf = (trial: Trial, { train = TRAIN }: Commands) =>
	pythonArguments(train, valuesOf(trial));

const predictionsOf = (
	trial: Trial,
	{ predict = PREDICT }: Commands,
): PythonCommand[] =>
	trial.predictions.map(({ name, features }) => {
		const values = { ...valuesOf(trial), features, out: outputPath(name) };
		return pythonArguments(predict, values);
	});

const valuesOf = (trial: Trial) => ({
	...{ system: trial.system, data: trial.data },
	model_dir: modelFolder(trial),
	seed: String(trial.seed),
});

const TRAIN = `python ${ADAPTER} train --system {system} --model-dir {model_dir} --data {data} --seed {seed}`;
const PREDICT = `python ${ADAPTER} predict --system {system} --model-dir {model_dir} --features {features} --out {out}`;

export const modelFolder = (trial: Trial) => `${FOLDER}/models/${trial.name}`;
const outputPath = (name: string) => `${FOLDER}/predictions-${name}.csv`;
