import { expect, it } from "vitest";
import { jobOf, needsAdapter } from "../../../src/ml/evaluation/trials.ts";
import { DEFAULT_LIMITS } from "../../../src/workspace/runners/runner.ts";

const trial = {
	name: "model-7",
	system: "model",
	seed: 7,
	data: "data/my customers.csv",
	predictions: [{ name: "model-7", features: "features.csv" }],
} as const;

const commands = (more = {}) =>
	jobOf([trial], new Map(), DEFAULT_LIMITS, more).commands;

it("without configuration the adapter trains and predicts", () => {
	const [train, predict] = commands();
	expect(train?.slice(0, 4)).toEqual([
		"modelwright_eval.py",
		"train",
		"--system",
		"model",
	]);
	expect(train).toContain("data/my customers.csv");
	expect(predict).toContain("modelwright-evaluation/predictions-model-7.csv");
});

it("configured commands take their place, word by word", () => {
	const [train, predict] = commands({
		train: "python -m churn.fit {system} --in={data} {model_dir} {seed}",
		predict: 'python p.py "{out}" {features} {system} {model_dir}',
	});
	expect(train).toEqual([
		...["-m", "churn.fit", "model", "--in=data/my customers.csv"],
		...["modelwright-evaluation/models/model-7", "7"],
	]);
	expect(predict?.slice(0, 3)).toEqual([
		"p.py",
		"modelwright-evaluation/predictions-model-7.csv",
		"features.csv",
	]);
});

it("the adapter is needed while either command is not configured", () => {
	expect(needsAdapter({})).toBe(true);
	expect(needsAdapter({ train: "python t.py" })).toBe(true);
	expect(needsAdapter({ train: "python t.py", predict: "python p.py" })).toBe(
		false,
	);
});
