// When a PASS is none: the rule was met, but not by a model that learned.
import type { EvaluationResult } from "../../reports/results.ts";
import { improvement } from "./metrics.ts";

/** What a model has to show that learned what it predicts. */
const OF_LEARNING = ["worse without its inputs", "shuffled labels at chance"];

type Judged = Pick<
	EvaluationResult,
	"verdict" | "metric" | "interval" | "systems" | "checks"
>;
type Doubt = Pick<EvaluationResult, "verdict" | "cause" | "reason">;

export function doubt(judged: Judged): Doubt | undefined {
	if (judged.verdict !== "PASS") return undefined;
	const reason = notLearned(judged) ?? againstNothing(judged);
	return reason
		? { verdict: "INCONCLUSIVE", cause: "code", reason }
		: undefined;
}

function notLearned({ checks }: Judged): string | undefined {
	const failed = checks.find(
		({ name, status }) => OF_LEARNING.includes(name) && status === "failed",
	);
	return (
		failed &&
		`the metric was reached, but not by what was learned from the training rows: the sanity check "${failed.name}" failed`
	);
}

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
	const isBad = over(scoreOf("existing baseline")) < 0;
	const isNoBetter = Math.min(...interval.map(over)) <= 0;
	return isBad && isNoBetter
		? "the baseline is worse than one and the same prediction for every row, and the model is not surely better than that"
		: undefined;
}
