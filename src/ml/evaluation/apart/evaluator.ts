// The evaluator in a process of its own: a table of a million rows is read, split
// and resampled there. Only the runner stays here; what it brings back is asked for.
import type { SmokeRun } from "../../../reports/conformity.ts";
import type { EvaluationContract } from "../../../reports/evaluation-plan.ts";
import type { EvaluationResult } from "../../../reports/results.ts";
import { runnerFor } from "../../../workspace/runners/auto.ts";
import type { Job, Runner } from "../../../workspace/runners/runner.ts";
import { askApart, type Outcome } from "../../apart/ask-apart.ts";

import type { EvaluationRequest } from "../evaluate.ts";
import { inconclusive } from "../inconclusive.ts";
import type { Given } from "../pins.ts";
import type { EvaluationForecast } from "../power.ts";

/** What the other side knows of the runner. */
type RunnerHere = Pick<Runner, "name" | "bare" | "others">;

export type Question =
	| (Omit<EvaluationRequest, "runner" | "signal"> & {
			readonly what: "evaluate" | "smoke run";
			readonly runner: RunnerHere;
	  })
	| {
			readonly what: "forecast";
			readonly contract: EvaluationContract;
			readonly bytes: Uint8Array | undefined;
			readonly given: Given;
	  };

const PLACE = {
	program: new URL("./evaluating-process.ts", import.meta.url),
	megabytes: 3_000,
};

/** Must not throw: where nothing can be judged the verdict is INCONCLUSIVE, with the reason. */
export async function evaluateApart(
	request: EvaluationRequest,
): Promise<EvaluationResult> {
	const outcome = await judge<EvaluationResult>("evaluate", request);
	if ("answer" in outcome) return outcome.answer;
	return inconclusive(
		request,
		`the evaluator broke: ${outcome.fault}`,
		"machine",
	);
}

/** Must not throw: what cannot be tried is "not run", with the reason. */
export async function smokeRunApart(
	request: EvaluationRequest,
): Promise<SmokeRun> {
	const outcome = await judge<SmokeRun>("smoke run", request);
	if ("answer" in outcome) return outcome.answer;
	const reason = `the smoke run broke: ${outcome.fault}`;
	return { status: "not run", reason, seconds: 0 };
}

/** Must not throw: a table that cannot be read is a fault of the contract. */
export async function forecastApart(
	contract: EvaluationContract,
	bytes: Uint8Array | undefined,
	given: Given,
): Promise<EvaluationForecast> {
	const question: Question = { what: "forecast", contract, bytes, given };
	const outcome = await askApart<EvaluationForecast>(PLACE, question);
	if ("answer" in outcome) return outcome.answer;
	return { faults: [`${contract.data} cannot be read here: ${outcome.fault}`] };
}

async function judge<A>(
	what: "evaluate" | "smoke run",
	{ signal, ...request }: EvaluationRequest,
): Promise<Outcome<A>> {
	const runner = await runnerFor(request.runner, request.files);
	const { name, bare, others } = runner;
	const question: Question = {
		...{ ...request, what },
		runner: { name, ...(bare ? { bare } : {}), ...(others ? { others } : {}) },
	};
	return askApart(PLACE, question, {
		signal,
		serve: (job) => runner.run(job as Job, signal),
	});
}
