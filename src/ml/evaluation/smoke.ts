// The smoke run of phase 9: does data flow from the table to predictions at all,
// and fast enough? It trains on a tenth of the training rows and predicts a few
// others; no held-out row, with or without its label, is in the tree.
import type { SmokeRun } from "../../reports/conformity.ts";
import { rivalOf } from "../../reports/evaluation-plan.ts";
import { runnerFor } from "../../workspace/runners/auto.ts";
import { topModules } from "../../workspace/runners/suites.ts";
import { contractFaults } from "./contract-faults.ts";
import type { EvaluationRequest } from "./evaluate.ts";
import { smallBatch } from "./probes.ts";
import { randomOf } from "./random.ts";
import { type Bench, LIMITS, predictAll } from "./run-systems.ts";
import { type Split, splitRows } from "./split.ts";
import { readSubject, type Subject } from "./subject.ts";
import {
	ADAPTER,
	needsAdapter,
	type System,
	type Trial,
	tablePath,
} from "./trials.ts";
import { featuresOf, tableOf, withholdLabels } from "./withhold.ts";

const PREDICTED_ROWS = 16;

/** Must not throw: what cannot be tried is "not run", with the reason. */
export async function smokeRun(request: EvaluationRequest): Promise<SmokeRun> {
	const started = performance.now();
	const outcome = await trySystems(request).catch((error: unknown) => ({
		status: "not run" as const,
		reason: `the smoke run broke: ${String(error)}`,
	}));
	return { ...outcome, seconds: (performance.now() - started) / 1_000 };
}

type Outcome = Omit<SmokeRun, "seconds">;

async function trySystems(request: EvaluationRequest): Promise<Outcome> {
	const { contract, files, labels, commands = {}, signal } = request;
	if (contract.reported)
		return notRun(
			`${contract.reported.script} trains and judges in one; phase 11 runs it`,
		);
	const runner = await runnerFor(request.runner, files);
	if (needsAdapter(commands) && !files.has(ADAPTER))
		return failed(`there is no ${ADAPTER} at the repository's root`);
	const table = files.get(contract.data);
	const faults = contractFaults(contract, table, { labels });
	const subject = readSubject(contract, table, labels);
	if (faults.length || "faults" in subject) return notRun(faults.join("; "));
	const split = splitRows(subject);
	const tree = withholdLabels(files, subject, split);
	const batch = tenth(subject, split);
	const trained = new Set(batch);
	const others = split.training
		.filter((row) => !trained.has(row))
		.slice(0, PREDICTED_ROWS);
	const rows = others.length ? others : batch;
	const features = tablePath("smoke-features", contract);
	const few = new Map(tree.files)
		.set(contract.data, tableOf(subject, batch))
		.set(features, featuresOf(subject, rows));
	const bench: Bench = {
		...{ subject, split, tree, baselines: [] },
		...{ runner, commands, signal },
	};
	const hasBaseline = rivalOf(contract) === "existing model";
	const systems: System[] = hasBaseline ? ["model", "baseline"] : ["model"];
	const ran = await predictAll(bench, few, systems.map(trial), rows);
	if (!("fault" in ran))
		return {
			status: "passed",
			reason: `${hasBaseline ? "model and baseline" : "the model"} trained on ${batch.length} rows and predicted ${rows.length} others${tooSlow(ran.seconds / systems.length)}`,
		};
	if (ran.cause === "machine") return notRun(`the ${ran.fault}`);
	const missing = missingModule(ran.fault, files);
	return missing
		? notRun(
				`the ${runner.name} runner does not have ${missing}${runner.others ? ` (${runner.others})` : ""}`,
			)
		: failed(`the ${ran.fault}`);

	/** Said only where it matters: at this pace all seeds of a system take most of what a job may. */
	function tooSlow(seconds: number): string {
		const pace = split.training.length / batch.length;
		const whole = seconds * pace * contract.seeds.length;
		return whole < LIMITS.seconds / 2
			? ""
			: `; at this pace the evaluation's training takes about ${Math.round(whole)} s of the ${LIMITS.seconds} s that a job may take`;
	}

	function trial(system: System): Trial {
		const name = `smoke-${system}`;
		const seed = contract.seeds[0] as number;
		const predictions = [{ name, features }];
		return { name, system, seed, data: contract.data, predictions };
	}
}

/** Of each class some; more where the table has more. */
function tenth(subject: Subject, split: Split): number[] {
	const few = smallBatch(subject, split);
	const known = new Set(few);
	const more = randomOf("a tenth")
		.shuffle(split.training.filter((row) => !known.has(row)))
		.slice(0, Math.max(0, Math.floor(split.training.length / 10) - few.length));
	return [...few, ...more].sort((a, b) => a - b);
}

const failed = (reason: string): Outcome => ({ status: "failed", reason });
const notRun = (reason: string): Outcome => ({ status: "not run", reason });

/** A library this machine lacks says nothing about the change. */
function missingModule(
	fault: string,
	files: ReadonlyMap<string, Uint8Array>,
): string | undefined {
	const name = /ModuleNotFoundError: No module named '(\w+)/.exec(fault)?.[1];
	return name && !topModules(files).has(name) ? name : undefined;
}
