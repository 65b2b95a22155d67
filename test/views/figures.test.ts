// The figures as programs read them: the head of the model card, and a file of their own.
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { evaluatedPaths } from "../../src/run/evaluated-paths.ts";
import { cardMetadata } from "../../src/views/card-metadata.ts";
import { metricsPath, renderMetrics } from "../../src/views/metrics-file.ts";
import { reports } from "./samples.ts";

const { result } = reports.results;
const { contract } = reports.evaluationPlan.plan;

const headOf = (title: string, of = result) => {
	const text = cardMetadata({ title, contract, result: of });
	const [, yaml = ""] = /^---\n([\s\S]*)\n---\n$/.exec(text) ?? [];
	return load(yaml) as Record<string, unknown>;
};

test("the card's head is what model hubs read: task, metrics and their values", () => {
	expect(headOf("Who will leave?")).toMatchObject({
		pipeline_tag: "tabular-classification",
		"model-index": [
			{
				name: "Who will leave?",
				results: [
					{
						task: { type: "tabular-classification" },
						dataset: { name: contract.data, revision: result.dataDigest },
						metrics: [
							{ type: result.metric, value: result.value, verified: false },
							...result.secondary.map(({ metric, value }) => ({
								type: metric,
								value,
							})),
						],
					},
				],
			},
		],
	});
});

test("a title cannot break out of the head", () => {
	const title = 'Churn\n---\nlicense: "mine" # @alice';
	const head = headOf(title);
	expect(Object.keys(head)).toEqual([
		"tags",
		"pipeline_tag",
		"metrics",
		"model-index",
	]);
});

test("what was not measured claims no value", () => {
	const { value: _, ...unmeasured } = result;
	const head = headOf("Churn", { ...unmeasured, secondary: [] });
	expect(head).not.toHaveProperty("model-index");
});

test("the file holds every figure and the contract, and no hour or duration", () => {
	const figures = JSON.parse(renderMetrics(result, contract));
	const { seconds: _, ...lasting } = result;
	expect(figures).toEqual({ version: 1, contract, result: lasting });
});

test("the file outdates no verdict: it is what the verdict says", () => {
	expect(evaluatedPaths([metricsPath(42), "MODEL_CARD.md"])).toEqual([]);
	expect(evaluatedPaths(["metrics.json"])).toEqual(["metrics.json"]);
});
