// What a look at one commit shows: its tests, a run from end to end and, where
// both hold, the evaluation on the held-out rows.
import type { TestRun } from "../../reports/change.ts";
import type { SmokeRun } from "../../reports/conformity.ts";
import type { EvaluationPlanReport } from "../../reports/evaluation-plan.ts";
import type { EvaluationResult, Scoring } from "../../reports/results.ts";
import { digestOf } from "../../run/digest.ts";
import { topOf } from "../../run/top.ts";
import type { Lead } from "../phase.ts";
import { type Failing, failuresOf } from "./failures.ts";

export interface Examination {
	readonly tests: TestRun;
	readonly integration: SmokeRun;
	readonly result: EvaluationResult;
	readonly failing: readonly Failing[];
	/** This commit, when it was judged on the held-out rows just now. */
	readonly scoring?: Scoring;
}

/** The held-out rows judge a commit that works, and judge it once. */
export async function examine(
	lead: Lead,
	tests: TestRun,
): Promise<Examination> {
	const { lab, before, earlier } = lead;
	const { contract } = before.evaluationPlan.plan;
	const integration: SmokeRun =
		tests.status === "failed"
			? { status: "not run", reason: "the tests failed", seconds: 0 }
			: await lab.smokeRun(contract);
	const broken = failuresOf({ tests, integration });
	if (broken.length > 0) {
		const why = `the evaluation was not run: ${broken.map(({ what }) => what).join("; ")}`;
		const result = notEvaluated(before.evaluationPlan, tests.runner, why);
		return { tests, integration, result, failing: broken };
	}
	const scoring = { head: headOf(lead), contract: digestOf(contract) };
	const known = earlier.results;
	const isKnown =
		known?.failing.length === 0 &&
		digestOf(known.scorings.at(-1)) === digestOf(scoring);
	const result = isKnown ? known.result : await lab.evaluate(contract);
	return {
		...{ tests, integration, result },
		failing: failuresOf({ tests, integration, result }),
		...(result.value === undefined || isKnown ? {} : { scoring }),
	};
}

const headOf = ({ run, pulls }: Lead) => topOf(run, pulls.stack()).sha;

const notEvaluated = (
	{ plan, dataDigest = "" }: EvaluationPlanReport,
	runner: string,
	reason: string,
): EvaluationResult => ({
	...{ verdict: "INCONCLUSIVE", reason, cause: "code" },
	metric: plan.contract.reported?.metric ?? plan.contract.primary.metric,
	...{ perSeed: [], secondary: [], slices: [], systems: [], checks: [] },
	...{ heldOutRows: 0, trainingRows: 0 },
	...{ dataDigest, runner, seconds: 0 },
});
