import { expect, test } from "vitest";
import { importedModules } from "../../src/skills/imports.ts";
import { proposeSkills } from "../../src/skills/propose-skills.ts";

const names = (words: string, imports: string[] = [], usual: string[] = []) =>
	proposeSkills({ words, imports: new Set(imports), usual }).map(
		(p) => p.skill.name,
	);

test.each([
	["Predict which customers churn; imbalanced classes", "scikit-learn"],
	["Classify accelerometer windows, perhaps with DTW", "aeon-time-series"],
	["Our LSTM on long sequences runs out of memory", "tbptt-training"],
	["Use torch_geometric for link prediction", "torch-geometric"],
	["Daily forecast per shop, ARIMA as a baseline", "statsmodels"],
	["Sentiment of reviews with BERT", "transformers"],
	["Explain predictions to clerks: reason codes", "shap"],
	["A reinforcement learning policy for the lift (PPO)", "stable-baselines3"],
	[
		"Is the lift statistically significant? Plan an A/B test",
		"statistical-analysis",
	],
	["Bayesian hierarchical model of sales", "pymc"],
	["Trade-off of latency and error: a Pareto front", "pymoo"],
	["How long is the waiting time in the call centre queue?", "simpy"],
])("%j proposes %s among the first three", (task, skill) => {
	expect(names(task).slice(0, 3)).toContain(skill);
});

test("an import speaks as clearly as the task", () => {
	expect(names("Make it better", ["polars", "json"])).toEqual(["polars"]);
});

test("a library named in the task comes before one that is merely imported", () => {
	const found = names("Move the feature table to polars", ["dask", "sklearn"]);
	expect(found[0]).toBe("polars");
	expect(found).toEqual(expect.arrayContaining(["dask", "scikit-learn"]));
});

test("a word within another says nothing", () => {
	expect(names("Rename transformersomething in the daskboard")).toEqual([]);
});

test.each([
	"Figure out why the data warehouse job times out",
	"Move messages to another queue and add an issue template",
	"An integral part of prior years' reports is missing",
])("%j is about none of them", (task) => {
	expect(names(task)).toEqual([]);
});

test("nothing is proposed for a task that is about none of them", () => {
	expect(names("Fix the typo in the README", ["os", "sys", "json"])).toEqual(
		[],
	);
});

test("there are never more than four, and each says why", () => {
	const everything = proposeSkills({
		words: "bayesian lstm dashboard forecast scaffold pareto equation queue",
		imports: new Set(["torch", "sklearn", "polars", "dask", "shap", "umap"]),
	});
	expect(everything).toHaveLength(4);
	for (const { reasons } of everything) expect(reasons).not.toEqual([]);
});

test("a role's usual skills fill the list up to three, and go first among equals", () => {
	const usual = ["dask", "polars", "zarr-python", "shap"];
	expect(names("Fix the typo", [], usual)).toEqual(usual.slice(0, 3));
	expect(names("Forecast with ARIMA", [], usual)).toEqual([
		"statsmodels",
		"dask",
		"polars",
	]);
	const imports = ["dask", "networkx", "polars", "shap", "umap"];
	expect(names("", imports, ["umap-learn"])[0]).toBe("umap-learn");
});

test("a phrase is understood in other forms of its words, and apart", () => {
	const [first] = proposeSkills({
		words: "Explain to nurses each single prediction of the model",
		imports: new Set(),
	});
	expect(first?.skill.name).toBe("shap");
	expect(first?.reasons.join()).toMatch(
		/the task speaks of "explain .*predict/,
	);
});

test("the reasons name import and word", () => {
	const [first] = proposeSkills({
		words: "a GNN for fraud",
		imports: new Set(["torch_geometric"]),
	});
	expect(first?.reasons).toEqual([
		"the repository imports torch_geometric",
		'the task says "gnn"',
	]);
});

test.each([
	["import numpy as np, polars as pl", ["numpy", "polars"]],
	["from sklearn.model_selection import KFold", ["sklearn"]],
	["    import torch.nn.functional as F", ["torch"]],
	['{"source": [\n   "import pymc as pm\\n",\n', ["pymc"]],
	["from . import loader\nfrom .x import y", []],
	["# import shap\nimportant = 1\nx = 'import dask'", []],
])("of %j the imports are read", (source, modules) => {
	expect([...importedModules(source)]).toEqual(modules);
});
