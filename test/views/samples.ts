// One run with all its reports, as the views are given them.
import {
	REPORT_NAMES,
	REPORTS,
	type Reports,
} from "../../src/reports/reports.ts";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import type { Run } from "../../src/run/run.ts";

const SHA = "9be1c02".padEnd(40, "0");
const keyFile = {
	path: "churn/baseline.py",
	why: "The logistic baseline",
	start_line: 12,
	end_line: 48,
};

const part = (summary: string) => ({
	summary,
	evidence: [{ path: "churn/load.py", line: 3 }],
});

export const run: Run = {
	id: "7/42/1",
	repository: {
		id: 7,
		owner: "acme",
		name: "churn",
		private: false,
		htmlUrl: "https://github.example/acme/churn",
		installationId: 90_001,
	},
	issue: {
		number: 42,
		title: "Predict which customers will churn",
		body: "Who leaves?",
		author: "alice",
	},
	requestedBy: "alice",
	base: { branch: "main", sha: SHA },
	config: DEFAULT_CONFIG,
	state: "working",
	phase: 1,
	attempt: 1,
	attempts: { 1: 1 },
	done: [],
	decisions: [],
	questions: [],
	risks: [],
	rulings: [],
	changes: [],
	notes: [],
	budgetUsd: 25,
	startedAt: "2026-11-21T09:00:00Z",
};

const design = (approach: "baseline" | "state-of-the-art" | "pragmatic") => ({
	approach,
	name: `${approach} trees`,
	summary: "Trees, encoded per fold.",
	architecture: "One module beside the baseline.",
	inputs: "14 features per customer",
	outputs: "probability of leaving",
	training: { loss: "log loss", optimizer: "boosting", schedule: "100 rounds" },
	inference: "weekly batch",
	resources: { training_minutes: 2, memory_mb: 300, gpu: false },
	expected_metric: { low: 0.38, high: 0.44, source: "similar tables" },
	lines_of_code: 180,
	interpretability: "medium" as const,
	leak_safety: "encoders are fitted inside the fold",
	risks_addressed: ["R1"],
});

const tests = {
	runner: "wasm",
	status: "passed" as const,
	passed: 23,
	failed: 0,
	seconds: 2.4,
	output: "Ran 23 tests in 0.4s\n\nOK",
};

const pull = (number: number) => ({
	number,
	url: `https://github.example/acme/churn/pull/${number}`,
	branch: `modelwright/42/${number}-model`,
	base: "main",
	headSha: String(number).repeat(20),
	title: "[#42 · 7/12] Churn model",
	files: [{ path: "churn/model.py", additions: 312, deletions: 4 }],
});

const implementation = (number: number): Reports["model"] => ({
	plan: {
		summary: "Model first, then its test.",
		...{ framework: "", pipeline: "", tracking: "" },
		files: [{ path: "churn/model.py", purpose: "the model" }],
		tests: ["predictions are probabilities"],
		conventions: [],
	},
	change: {
		title: "Churn model: trees with fold-wise encoding",
		why: "The baseline leaves recall on the table.",
		what: ["a model", "its tests"],
		files: [{ path: "churn/model.py", content: "x = 1\n" }],
		replacements: [],
	},
	pull: pull(number),
	tests,
	conformity: {
		items: [
			{
				...{ name: "model class", met: true, applies: true },
				...{ path: "churn/model.py", line: 12, remark: "one class" },
			},
			{ name: "caching", met: true, applies: false, remark: "a batch" },
			{ name: "unit tests", met: false, applies: true, remark: "no test file" },
		],
		review: {
			by: "ml-engineer",
			summary: "As it was approved but for a name.",
			verdict: "as designed",
			deviations: [
				{
					...{ what: "a name differs", path: "churn/model.py", line: 30 },
					mustFix: false,
				},
			],
		},
		smoke: { status: "passed", reason: "data flowed", seconds: 3 },
	},
	notes: ["The first version fell short (1 test failed); repaired once."],
});

const finding = (id: string, severity: "high" | "medium") => ({
	id,
	focus: "ml practices" as const,
	rule: id === "F1" ? "LEAK02" : "reviewer",
	path: "churn/features.py",
	startLine: 31,
	endLine: 32,
	title: "Region is encoded before the split",
	details: "Held-out labels reach the features.",
	severity,
	confidence: 94,
	suggestion: "encoder.fit(train)",
	fingerprint: `fp-${id}`,
	pull: 43,
	preexisting: false,
});

const all: Reports = {
	requirements: {
		analysis: {
			problem_type: "binary classification",
			summary: "Will a customer cancel within 30 days?",
			answers: [
				{
					topic: "success metrics",
					answer: "PR-AUC; recall at least 0.60",
					source: "issue",
				},
				{ topic: "constraints", answer: "no latency limit", source: "assumed" },
			],
			open_questions: [
				{
					question: "Is last_contact_days known on the scoring day?",
					blocking: false,
					safe_reading: "no, it is not",
				},
			],
			current_state: "A logistic baseline and a loader.",
			key_files: Array(5).fill(keyFile),
		},
		questions: [
			{
				number: 1,
				question: "Is last_contact_days known on the scoring day?",
				blocking: false,
				safeReading: "no, it is not",
			},
			{
				number: 2,
				question: "Which limits are there?",
				blocking: false,
				safeReading: "no latency limit",
				topic: "constraints",
			},
		],
		capsule: {
			slug: "churn",
			path: ".phase0/capsules/churn/capsule.yaml",
			goal: "Rank customers by risk.",
			constraints: ["standard library only"],
			nonGoals: ["a dashboard"],
			successCriteria: ["PR-AUC above the baseline"],
			decisions: [{ question: "How often?", answer: "weekly" }],
			openQuestions: ["who reads it"],
			risks: [{ description: "few rows", severity: "high" }],
			keyFiles: [{ path: "churn/baseline.py", reason: "to beat" }],
		},
		userAnswers: [],
		keyFiles: [keyFile],
	},
	data: {
		profiles: [
			{
				path: "data/customers.csv",
				format: "csv",
				digest: "ab".repeat(32),
				rows: 1_994,
				truncated: false,
				columns: [
					{
						name: "row_id",
						type: "text",
						missing: 0,
						distinct: 1_994,
						top: [
							{ value: "r1", count: 1 },
							{ value: "r2", count: 1 },
						],
					},
					{
						name: "tenure",
						type: "integer",
						missing: 0.004,
						distinct: 60,
						top: [],
						min: "1",
						max: "72",
						mean: 31.4,
					},
					{
						name: "region",
						type: "category",
						missing: 0.2,
						distinct: 4,
						top: [{ value: "north", count: 700 }],
					},
				],
				duplicateRows: 12,
				correlations: [],
				classBalance: [
					{
						column: "churned",
						shares: [
							{ value: "0", share: 0.88 },
							{ value: "1", share: 0.12 },
						],
					},
				],
				groupRepeats: [{ column: "customer_id", groups: 1_480, largest: 4 }],
			},
		],
		explorations: [
			{
				aspect: "data sources",
				exploration: {
					summary: "One table with a header.",
					findings: [
						{
							topic: "data source",
							text: "customers.csv is generated weekly",
							evidence: { path: "churn/load.py", line: 3 },
						},
					],
					key_files: Array(5).fill(keyFile),
					unknowns: ["who generates the table"],
				},
			},
		],
		keyFiles: [keyFile],
		read: [{ path: "churn/load.py", startLine: 1, endLine: 40, left: 2 }],
		architecture: {
			data_sources: part("One table with a header."),
			feature_engineering: part("Raw columns and one rate."),
			preprocessing: part("Typed, enriched, split."),
			data_validation: part("Columns are checked, ranges are not."),
		},
	},
	risks: {
		risks: [
			{
				id: "R1",
				title: "Region is target-encoded before the split",
				class: "data leakage",
				severity: "critical",
				source: "LEAK02",
				path: "churn/features.py",
				line: 31,
				mitigation: "encode inside the fold",
				designDemand: "fit encoders on training rows only",
			},
			{
				id: "R2",
				title: "Customers appear several times",
				class: "distribution shift",
				severity: "high",
				source: "data profile",
				mitigation: "group split",
				designDemand: "split by customer_id",
			},
		],
		summaries: ["Leaks were looked for first."],
	},
	architecture: {
		designs: [
			design("baseline"),
			design("state-of-the-art"),
			design("pragmatic"),
		],
		factCheck: {
			verdicts: [
				{ approach: "baseline", sound: true, remark: "claims hold" },
				{ approach: "state-of-the-art", sound: false, remark: "too slow" },
			],
		},
		recommended: "pragmatic",
		reasons: ["It counters R1 at little cost."],
	},
	pipeline: {
		pipeline: {
			summary: "Load, split, fit, save.",
			experiment_tracking: "a JSON line per run",
			structure: "train.py does all of it",
			data_loading: "csv, in memory",
			distribution: "not needed for 2,000 rows",
			checkpointing: "one model file per seed",
			hyperparameters: [{ name: "rounds", value: "100" }],
			resources: "one CPU, two minutes",
			orchestration: "weekly cron",
			reproducibility: "seeds and the data's digest are written",
		},
	},
	evaluationPlan: {
		plan: {
			summary: "One held-out set, scored once.",
			contract: {
				task: "binary classification",
				data: "data/customers.csv",
				label: "churned",
				positive: "1",
				id: "row_id",
				split: { kind: "group", group: "customer_id", held_out: 0.2 },
				seeds: [1, 2, 3],
				primary: { metric: "pr_auc", minimum_delta: 0.03 },
				secondary: ["roc_auc"],
				alpha: 0.05,
				slices: ["region"],
			},
			validation: "grouped cross-validation",
			significance: "paired bootstrap",
			baselines: ["the existing baseline"],
			monitoring: ["share of positives per week"],
			ab_test: "not before two weeks of shadowing",
		},
		dataDigest: "ab".repeat(32),
		faults: [],
		minimumDetectableEffect: 0.024,
		heldOutRows: 398,
		forecast: { minutes: 14, usdLow: 3, usdHigh: 5, pullRequests: 3 },
	},
	model: implementation(43),
	training: implementation(44),
	integration: implementation(45),
	review: {
		findings: [finding("F1", "high"), finding("F2", "medium")],
		summaries: [{ focus: "ml practices", summary: "One leak." }],
		dropped: { lowConfidence: 3, notFound: 1, repeated: 0 },
		fixed: ["F1"],
		decidedBy: "alice",
		remarks: [{ by: "alice", text: "Name the constant." }],
		fix: { change: implementation(46).change, pull: pull(46), tests },
	},
	results: {
		result: {
			verdict: "PASS",
			reason: "The difference is above 0.03 and significant.",
			metric: "pr_auc",
			value: 0.412,
			interval: [0.371, 0.452],
			baseline: 0.338,
			difference: 0.074,
			differenceInterval: [0.041, 0.108],
			pValue: 0.0004,
			perSeed: [{ seed: 1, value: 0.412 }],
			secondary: [{ metric: "roc_auc", value: 0.71, baseline: 0.66 }],
			slices: [{ column: "region", value: "north", rows: 120, metric: 0.29 }],
			systems: [
				{ name: "dummy", value: 0.12 },
				{ name: "existing baseline", value: 0.338 },
				{ name: "this model", value: 0.412 },
			],
			checks: [
				{ name: "no shared rows", status: "passed", detail: "0 shared" },
				{ name: "gradient flow", status: "not applicable", detail: "no net" },
			],
			heldOutRows: 398,
			trainingRows: 1_596,
			dataDigest: "ab".repeat(32),
			runner: "wasm",
			seconds: 41,
		},
		tests,
		integration: { status: "passed", reason: "trained on 32 rows", seconds: 2 },
		rounds: [
			{
				round: 1,
				failures: ["2 of 25 tests fail"],
				title: "Read empty cells",
				commit: "47".repeat(20),
				changed: true,
				tests,
			},
		],
		repair: { change: implementation(47).change, pull: pull(47), tests },
		failing: ['sanity check "no shared rows": 3 shared'],
		scorings: [{ head: "47".repeat(20), contract: "cd".repeat(32) }],
		interpretation: {
			summary: "Better for weekly scoring.",
			caveats: ["one snapshot of the data"],
			next_steps: {
				hyperparameter_tuning: "depth and shrinkage",
				production_deployment: "shadow it first",
				monitoring: "watch the share of positives",
				ab_testing: "half of the calls",
			},
		},
	},
	summary: {
		built: {
			architecture: ["A model"],
			pipeline: ["its training"],
			pulls: ["[#42 · 7/12] Churn model"],
		},
		tradeoffs: ["Not taken: the baseline"],
		decisions: ["alice approved the design"],
		waived: ["F2: left as it is by alice"],
		files: [{ path: "churn/model.py", isNew: true }],
		acceptedBy: "alice",
		metrics: ["PR-AUC 0.412"],
		notes: ["#46: The pull request stays a draft."],
		nextSteps: [
			{ topic: "Monitoring", steps: ["monitor the share of positives"] },
		],
		modelCard: {
			path: "MODEL_CARD.md",
			markdown: "# Model card: churn\n\nText.",
			commit: "46".repeat(20),
		},
	},
};

/** Fails at once when a sample is not what the schemas allow. */
export const reports: Reports = Object.fromEntries(
	REPORT_NAMES.map((name) => [name, REPORTS[name].parse(all[name])]),
) as Reports;

/** Values that code or a schema fixes; every other string is somebody's text. */
const FIXED = new Set([
	"problem_type",
	"topic",
	"approach",
	"recommended",
	"chosen",
	"class",
	"severity",
	"interpretability",
	"task",
	"kind",
	"metric",
	"status",
	"verdict",
	"focus",
	"format",
	"type",
	"id",
	"digest",
	"dataDigest",
	"headSha",
	"commit",
	"url",
	"risks_addressed",
	"secondary",
	"markdown",
	"fixed",
]);

/** `value` with every free text replaced. */
export function withTexts<T>(value: T, text: string, key = ""): T {
	if (typeof value === "string")
		return (FIXED.has(key) || isEnum(key, value) ? value : text) as T;
	if (Array.isArray(value))
		return value.map((item) => withTexts(item, text, key)) as T;
	if (value === null || typeof value !== "object") return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [
			name,
			withTexts(inner, text, name),
		]),
	) as T;
}

const isEnum = (key: string, value: string) =>
	key === "source" && ["issue", "repository", "assumed"].includes(value);
