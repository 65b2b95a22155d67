// Where a phase has the repository's code run: in a runner, as journaled steps.
import type { Journal } from "../../agents/journal.ts";
import { evaluate } from "../../ml/evaluation/evaluate.ts";
import { forecastEvaluation } from "../../ml/evaluation/power.ts";
import type { Lab } from "../../phases/phase.ts";
import type { Change } from "../../reports/change.ts";
import { applyChange } from "../../workspace/change-set.ts";
import type { Runner } from "../../workspace/runners/runner.ts";
import { runTests } from "../../workspace/runners/unit-tests.ts";
import type { Tree } from "../../workspace/tree.ts";
import { AttemptFailed } from "../failure.ts";

export interface LabParts {
	/** The commit the phase works on. */
	readonly tree: () => Promise<Tree>;
	readonly runner: Runner;
	readonly journal: Journal;
}

export function makeLab({ tree, runner, journal }: LabParts): Lab {
	let tests = 0;
	return {
		runTests(change) {
			tests += 1;
			return journal.step(`run tests ${tests}`, async () =>
				runTests(await treeWith(await tree(), change), runner),
			);
		},
		evaluate: (contract) =>
			journal.step("evaluate", async (signal) =>
				evaluate({
					contract,
					files: await (await tree()).files(),
					runner,
					signal,
				}),
			),
		forecast: (contract) =>
			journal.step("forecast the evaluation", async () =>
				forecastEvaluation(contract, await (await tree()).read(contract.data)),
			),
	};
}

/** The whole tree with a change set laid over it. */
async function treeWith(tree: Tree, change?: Change) {
	const files = await tree.files();
	if (!change) return files;
	for (const { path, content } of await changedFiles(tree, change))
		files.set(path, new TextEncoder().encode(content));
	return files;
}

/** Whole new contents of what a change touches; faults were shown to the writer before. */
export async function changedFiles(tree: Tree, change: Change) {
	const applied = await applyChange((path) => tree.text(path), change);
	if (applied.ok) return applied.files;
	throw new AttemptFailed({
		kind: "invalid submission",
		message: `The change does not fit the repository: ${applied.faults.join("; ")}`,
	});
}
