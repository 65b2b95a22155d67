// Phases 7, 8 and 9: who plans, who writes, who compares, and what goes along.
import { describe, expect, test } from "vitest";
import { modelImplementation } from "../../src/phases/07-model-implementation.ts";
import { trainingInfrastructure } from "../../src/phases/08-training-infrastructure.ts";
import { integration } from "../../src/phases/09-integration.ts";
import {
	INTEGRATION_ITEMS,
	MODEL_ITEMS,
	TRAINING_ITEMS,
	type Wanted,
} from "../../src/reports/items.ts";
import { leadWith } from "../support/building-lead.ts";
import { reports, run } from "../views/samples.ts";

const CONTENT = "def main():\n    pass\n";
const changeWith = (wanted: readonly Wanted[]) => ({
	title: "A change",
	why: "Approved.",
	what: ["one thing"],
	files: [{ path: "tests/test_it.py", content: CONTENT }],
	replacements: [],
	items: wanted.map(({ item }) => ({
		...{ item, path: "tests/test_it.py", quote: "def main():", how: "there" },
	})),
});
const AS_DESIGNED = {
	summary: "Nothing is missing.",
	verdict: "as designed",
	deviations: [],
};
const PLAN = {
	summary: "First the class.",
	files: [{ path: "model.py", purpose: "the model" }],
	tests: ["it learns"],
	conventions: [],
};
const about = { run, before: reports };

describe("phase 7", () => {
	const staged = () =>
		leadWith({
			about,
			answers: {
				"plan-model": { ...PLAN, framework: "scikit-learn" },
				"write-model": changeWith(MODEL_ITEMS),
				"compare-model": AS_DESIGNED,
			},
		});

	test("has an engineer plan with framework and target files, a writer write, an engineer compare", async () => {
		const { lead, asked } = staged();
		const report = await modelImplementation.perform(lead);
		expect(asked.map(({ role, submit }) => `${role}: ${submit}`)).toEqual([
			"ml-engineer: implementation_plan",
			"ml-writer: change",
			"ml-engineer: design_review",
		]);
		expect(asked[1]?.brief).toContain("scikit-learn");
		expect(report.plan).toMatchObject({ framework: "scikit-learn" });
	});

	test("carries the approved design in its pull request", async () => {
		const { lead, opened } = staged();
		await modelImplementation.perform(lead);
		const [document] = opened[0]?.documents ?? [];
		expect(document?.path).toBe("docs/ml/issue-42-design.md");
		expect(document?.content).toContain("## 8. Decision log");
	});

	test("shows each item it was asked for", async () => {
		const { conformity } = await modelImplementation.perform(staged().lead);
		expect(conformity?.items.map(({ name }) => name)).toEqual([
			"model class",
			"forward pass",
			"loss",
			"metrics",
			"typing",
			"documentation",
			"unit tests",
		]);
	});
});

test("phase 8 has the pipeline planned with its tracking, written and compared by those who run it", async () => {
	const { lead, asked, opened } = leadWith({
		about,
		answers: {
			"plan-training": { ...PLAN, pipeline: "one script", tracking: "MLflow" },
			"write-training": changeWith(TRAINING_ITEMS),
			"compare-training": AS_DESIGNED,
		},
	});
	const { conformity } = await trainingInfrastructure.perform(lead);
	expect(asked.map(({ role, submit }) => `${role}: ${submit}`)).toEqual([
		"mlops-engineer: implementation_plan",
		"ml-writer: change",
		"mlops-engineer: design_review",
	]);
	expect(asked[1]?.brief).toContain("MLflow");
	expect(conformity?.items.map(({ name }) => name)).toEqual([
		"training script",
		"data loading",
		"experiment tracking",
		"configuration",
		"checkpoints",
		"reproducibility",
	]);
	expect(opened[0]?.documents).toEqual([]);
});

test("phase 9 tries the whole way on a few rows, and is compared by a reviewer", async () => {
	const { lead, asked } = leadWith({
		about,
		answers: {
			"write-integration": changeWith(INTEGRATION_ITEMS),
			"compare-integration": AS_DESIGNED,
		},
		smoke: [{ status: "passed", reason: "it flowed", seconds: 2 }],
	});
	const { conformity } = await integration.perform(lead);
	expect(asked.map(({ role, submit }) => `${role}: ${submit}`)).toEqual([
		"ml-writer: change",
		"ml-reviewer: design_review",
	]);
	expect(conformity?.smoke?.reason).toBe("it flowed");
	expect(conformity?.items.map(({ name }) => name)).toEqual([
		"serving",
		"environments",
		"data flow",
		"caching",
	]);
});
