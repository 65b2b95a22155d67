import type { JobResult, Runner } from "../../../workspace/runners/runner.ts";
import { type Ask, answer } from "../../apart/answer.ts";
import { evaluate } from "../evaluate.ts";
import { forecastEvaluation } from "../power.ts";
import { smokeRun } from "../smoke.ts";
import type { Question } from "./evaluator.ts";

answer((question: Question, ask) => {
	if (question.what === "forecast")
		return forecastEvaluation(
			question.contract,
			question.bytes,
			question.given,
		);
	const { what, runner, ...request } = question;
	const asked = { ...request, runner: remote(runner, ask) };
	return what === "evaluate" ? evaluate(asked) : smokeRun(asked);
});

/** Runs on the other side, whose self-test chose it. */
const remote = (
	runner: Pick<Runner, "name" | "bare" | "others">,
	ask: Ask,
): Runner => ({
	...runner,
	selfTest: async () => ({ ok: true }),
	run: async (job) => (await ask(job)) as JobResult,
});
