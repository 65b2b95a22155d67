// Has the change so far run, in the runner that judges it later: by name, so
// that no command line comes from a model.
import { z } from "zod";
import { filesForTests } from "../../ml/evaluation/files-for-tests.ts";
import { smokeRun } from "../../ml/evaluation/smoke.ts";
import { ADAPTER, needsAdapter } from "../../ml/evaluation/trials.ts";
import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import type { Config } from "../../run/config.ts";
import type { Runner } from "../../workspace/runners/runner.ts";
import { runTests } from "../../workspace/runners/unit-tests.ts";
import type { Tree } from "../../workspace/tree.ts";
import type { Reading } from "./tool.ts";

/** A run takes up to two minutes of this machine. */
export const MOST_CHECKS = 4;

const LONGEST_OUTPUT = 6_000;

export const runChecks = {
	name: "run_checks",
	description: `Runs your change so far: "tests" the unit tests, "smoke" training and prediction on a few rows. At most ${MOST_CHECKS} times.`,
	input: z.object({ check: z.enum(["tests", "smoke"]) }),
};

export interface Checks {
	readonly runner: Runner;
	readonly commands: Config["commands"];
	readonly contract?: EvaluationContract;
}

/** Must not throw. What the code printed is a stranger's text. */
export async function check(
	name: z.infer<typeof runChecks.input>["check"],
	tree: Tree,
	{ runner, commands, contract }: Checks,
	signal: AbortSignal,
): Promise<Reading> {
	const files = await tree.files().catch((error: Error) => error);
	if (files instanceof Error) return notRun(files.message);
	if (name === "tests") {
		const shown = filesForTests(files, contract);
		const run = await runTests(shown, runner, commands.tests);
		return {
			ok: true,
			text: `tests ${run.status}: ${run.passed} passed, ${run.failed} failed, ${run.seconds.toFixed(1)} s\n${run.output.slice(-LONGEST_OUTPUT)}`,
		};
	}
	if (!contract) return notRun("there is no evaluation contract yet");
	if (needsAdapter(commands) && !files.has(ADAPTER))
		return notRun(`it needs ${ADAPTER}, which phase 9 brings`);
	const run = await smokeRun({ contract, files, commands, runner, signal });
	return {
		ok: true,
		text: `smoke run ${run.status}: ${run.reason.slice(-LONGEST_OUTPUT)}`,
	};
}

const notRun = (why: string): Reading => ({
	ok: true,
	text: `not run: ${why}`,
});
