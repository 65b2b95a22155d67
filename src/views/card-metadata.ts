// The head of the model card's file: what model hubs and their tools read
// (huggingface.co/docs/hub/model-cards, "Model card metadata" and "model-index").
import { dump } from "js-yaml";
import type { EvaluationContract } from "../reports/evaluation-plan.ts";
import type { EvaluationResult } from "../reports/results.ts";
import { plainText } from "./clean.ts";
import { metricTitle } from "./numbers.ts";

export interface CardMetadata {
	/** What the model is for, as the title says. */
	readonly title: string;
	readonly contract: EvaluationContract;
	readonly result: EvaluationResult;
}

const TASKS: Record<EvaluationContract["task"], string> = {
	"binary classification": "tabular-classification",
	"multiclass classification": "tabular-classification",
	regression: "tabular-regression",
};

/** YAML between two lines of dashes. */
export function cardMetadata({
	title,
	contract,
	result,
}: CardMetadata): string {
	const task = TASKS[contract.task];
	const metrics = [
		{ metric: result.metric, value: result.value },
		...result.secondary,
	].flatMap(({ metric, value }) =>
		value === undefined
			? []
			: [{ type: metric, name: metricTitle(metric), value, verified: false }],
	);
	const dataset = {
		type: "table",
		name: contract.data,
		split: "held out",
		revision: result.dataDigest,
	};
	const results = [{ task: { type: task }, dataset, metrics }];
	const about = {
		tags: ["modelwright", contract.task],
		pipeline_tag: task,
		metrics: [...new Set([result.metric, ...contract.secondary])],
		...(metrics.length
			? { "model-index": [{ name: plainText(title), results }] }
			: {}),
	};
	return `---\n${dump(about, { lineWidth: -1 })}---\n`;
}
