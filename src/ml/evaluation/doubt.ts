// When a PASS is none: the rule was met, but not by a model that learned.
import type { MetricName } from "../../reports/evaluation-plan.ts";
import type { EvaluationResult } from "../../reports/results.ts";
import { improvement } from "./metrics.ts";

/** What a model has to show that learned what it predicts. */
const OF_LEARNING = ["worse without its inputs", "shuffled labels at chance"];

/** What a split has to keep apart for its held-out rows to be new. */
const OF_THE_SPLIT = ["no shared rows or groups", "no help from related rows"];

type Judged = Pick<
	EvaluationResult,
	"verdict" | "interval" | "systems" | "checks"
> & { readonly metric: MetricName };
type Doubt = Pick<EvaluationResult, "verdict" | "cause" | "reason">;

export function doubt(judged: Judged): Doubt | undefined {
	if (judged.verdict !== "PASS") return undefined;
	const parted = badlyParted(judged);
	if (parted)
		return { verdict: "INCONCLUSIVE", cause: "contract", reason: parted };
	const reason = notLearned(judged) ?? againstNothing(judged);
	return reason
		? { verdict: "INCONCLUSIVE", cause: "code", reason }
		: undefined;
}

function badlyParted({ checks }: Judged): string | undefined {
	const failed = failedOf(checks, OF_THE_SPLIT);
	return (
		failed &&
		`the metric was reached on held-out rows that training knows of: the sanity check "${failed.name}" failed (${failed.detail})`
	);
}

function notLearned({ checks }: Judged): string | undefined {
	const failed = failedOf(checks, OF_LEARNING);
	return (
		failed &&
		`the metric was reached, but not by what was learned from the training rows: the sanity check "${failed.name}" failed`
	);
}

const failedOf = (checks: Judged["checks"], names: readonly string[]) =>
	checks.find(
		({ name, status }) => names.includes(name) && status === "failed",
	);

/** A baseline that is made bad enough is beaten by anything. */
function againstNothing({
	metric,
	interval = [0, 0],
	systems,
}: Judged): string | undefined {
	const scoreOf = (wanted: string) =>
		systems.find(({ name }) => name === wanted)?.value ?? Number.NaN;
	const dummy = scoreOf("dummy");
	const over = (value: number) => improvement(metric, value, dummy);
	// Where another one is compared with, there is none of this name.
	const isBad = over(scoreOf("existing baseline")) < 0;
	const isNoBetter = Math.min(...interval.map(over)) <= 0;
	return isBad && isNoBetter
		? "the baseline is worse than one and the same prediction for every row, and the model is not surely better than that"
		: undefined;
}
