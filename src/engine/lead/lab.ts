// Where a phase has the repository's code run: in a runner, as journaled steps.
import type { Journal } from "../../agents/journal.ts";
import {
	evaluateApart,
	forecastApart,
	smokeRunApart,
} from "../../ml/evaluation/apart/evaluator.ts";
import { filesForTests } from "../../ml/evaluation/files-for-tests.ts";
import type { Lab } from "../../phases/phase.ts";
import type { Change, TestRun } from "../../reports/change.ts";
import type {
	EvaluationContract,
	Pins,
} from "../../reports/evaluation-plan.ts";
import type { Config } from "../../run/config.ts";
import { type PathRules, writeFault } from "../../run/path-rules.ts";
import { applyChange } from "../../workspace/change-set.ts";
import { TreeTooLarge } from "../../workspace/listed-tree.ts";
import type { Runner } from "../../workspace/runners/runner.ts";
import { runTests } from "../../workspace/runners/unit-tests.ts";
import type { Tree } from "../../workspace/tree.ts";
import { AttemptFailed } from "../failure.ts";

export interface LabParts {
	/** The commit the phase works on. */
	readonly tree: () => Promise<Tree>;
	/** The runner for one step, which is named. */
	readonly runnerFor: (step: string) => Runner;
	readonly journal: Journal;
	readonly config: Pick<Config, "commands" | "paths">;
	/** How the model is judged, once that is agreed. */
	readonly contract?: EvaluationContract | undefined;
	/** Digests that were approved with it. */
	readonly pins?: Pins | undefined;
	/** The operator's labels for a table of this repository. */
	readonly labelsFor: (path: string) => Promise<Uint8Array | undefined>;
}

export function makeLab(parts: LabParts): Lab {
	const { tree, runnerFor, journal, config } = parts;
	const { commands, paths } = config;
	const filesWith = async (change?: Change) =>
		treeWith(await tree(), paths, change);
	const labelsOf = ({ labels, data }: EvaluationContract) =>
		labels === "operator" ? parts.labelsFor(data) : Promise.resolve(undefined);
	let [tests, smokes] = [0, 0];
	return {
		filesOf: async (change) =>
			(await changeOn(await tree(), change, paths)).files,
		runTests(change) {
			tests += 1;
			const name = `run tests ${tests}`;
			return journal.step(name, async (): Promise<TestRun> => {
				const runner = runnerFor(name);
				try {
					const files = filesForTests(await filesWith(change), parts.contract);
					return await runTests(files, runner, commands.tests);
				} catch (error) {
					if (error instanceof TreeTooLarge)
						return notRun(runner.name, error.message);
					throw error;
				}
			});
		},
		smokeRun(contract, change) {
			smokes += 1;
			const name = `smoke run ${smokes}`;
			return journal.step(name, async (signal) =>
				smokeRunApart({
					contract,
					files: await filesWith(change),
					labels: await labelsOf(contract),
					commands,
					runner: runnerFor(name),
					signal,
				}),
			);
		},
		evaluate: (contract) =>
			journal.step("evaluate", async (signal) =>
				evaluateApart({
					contract,
					files: await filesWith(),
					labels: await labelsOf(contract),
					pins: parts.pins,
					commands,
					runner: runnerFor("evaluate"),
					signal,
				}),
			),
		forecast: (contract) =>
			journal.step("forecast the evaluation", async () => {
				const { read } = await tree();
				const { reported } = contract;
				return forecastApart(contract, await read(contract.data), {
					labels: await labelsOf(contract),
					script: reported && (await read(reported.script)),
				});
			}),
	};
}

/** A repository that no runner can be given is no fault of the change. */
const notRun = (runner: string, output: string): TestRun => ({
	...{ runner, status: "not run", output },
	...{ passed: 0, failed: 0, seconds: 0 },
});

/** The whole tree with a change set laid over it. */
async function treeWith(tree: Tree, paths: PathRules, change?: Change) {
	const files = await tree.files();
	if (!change) return files;
	const changed = await changeOn(tree, change, paths);
	for (const { path, content } of changed.files)
		files.set(path, new TextEncoder().encode(content));
	for (const path of changed.deletions) files.delete(path);
	return files;
}

/** Whole new contents of what a change touches, and what it deletes; faults were shown to the writer before. */
export async function changeOn(tree: Tree, change: Change, rules: PathRules) {
	const applied = await applyChange((path) => tree.text(path), change);
	const paths = applied.ok
		? [...applied.files.map(({ path }) => path), ...applied.deletions]
		: [];
	const faults = applied.ok
		? paths.flatMap((path) => writeFault(path, rules) ?? [])
		: applied.faults;
	if (applied.ok && faults.length === 0) {
		// GitHub refuses to take out what is not there.
		const known = new Set(await tree.paths());
		const deletions = applied.deletions.filter((path) => known.has(path));
		return { files: applied.files, deletions };
	}
	throw new AttemptFailed({
		kind: "invalid submission",
		message: `The change does not fit the repository: ${faults.join("; ")}`,
	});
}
