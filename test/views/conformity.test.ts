// A pull request and its phase's comment tell how far the change is what was
// approved and asked for.
import { describe, expect, test } from "vitest";
import type { Conformity } from "../../src/reports/conformity.ts";
import { stackOf } from "../../src/reports/stack.ts";
import { implementationView } from "../../src/views/phases/implementation.ts";
import { pullBody } from "../../src/views/pull-request.ts";
import { reports, run } from "./samples.ts";

const conformity: Conformity = {
	items: [
		{
			...{ name: "model class", met: true, applies: true },
			...{ path: "churn/model.py", line: 12, remark: "one class" },
		},
		{
			...{ name: "forward pass", met: true, applies: false },
			remark: "trees have none",
		},
		{
			...{ name: "unit tests", met: false, applies: true },
			remark: "churn/model.py is not a test file",
		},
	],
	review: {
		by: "ml-engineer",
		summary: "The loss is not the approved one.",
		verdict: "deviates",
		deviations: [
			{
				...{ what: "log loss was approved", path: "churn/model.py", line: 30 },
				mustFix: true,
			},
			{ what: "a name differs", path: "nowhere.py", mustFix: false },
		],
	},
	smoke: {
		status: "failed",
		reason: "the model's predictions were not written",
		seconds: 3,
	},
};
const report = { ...reports.model, conformity };
const about = { run, before: reports };
const path = "docs/ml/issue-42-design.md";
const designed = { path, additions: 90, deletions: 0 };
const files = [...report.pull.files, designed];
const request = {
	...{ run, phase: 7, base: "main", part: 1, files, conformity },
	change: report.change,
	tests: report.tests,
};

describe("a pull request's body", () => {
	const body = pullBody(request);

	test("marks each item as there, not applicable or missing", () => {
		expect(body).toContain("- ✓ **model class** `churn/model.py:12` one class");
		expect(body).toContain(
			"- – **forward pass** not applicable: trees have none",
		);
		expect(body).toContain("- ✗ **unit tests** churn/model.py is not a test");
	});

	test("tells deviations, those first that must be fixed, and a failed smoke run", () => {
		expect(body).toContain("**deviates**, says the ml-engineer.");
		expect(body).toContain(
			"- ✗ **must be fixed:** log loss was approved (`churn/model.py:30`)",
		);
		expect(body).toContain("- a name differs\n");
		expect(body).toContain("**smoke run failed**: the model's predictions");
	});

	test("names the design document it carries, and none where it carries none", () => {
		expect(body).toContain(`\`${path}\``);
		expect(pullBody({ ...request, files: report.pull.files })).not.toContain(
			path,
		);
	});

	test("says the same when it is written anew from the reports", () => {
		const pull = { ...report.pull, files };
		const [part] = stackOf({ model: { ...report, pull } });
		if (!part) throw new Error("the stack has one part");
		const again = pullBody({
			...{ ...part, run, base: "main", part: 1, of: 3 },
			files: part.pull.files,
		});
		expect(again.replace("part 1 of 3", "part 1")).toBe(body);
	});
});

describe("a phase's comment", () => {
	const { summary, details, facts } = implementationView(report, about);

	test("shows in one line what is there, and what is missing in bold", () => {
		expect(summary).toContain(
			"**Asked for:** ✓ model class · – forward pass · **✗ unit tests**",
		);
		expect(details[0]?.markdown).toContain(
			`](${run.repository.htmlUrl}/blob/${report.pull.headSha}/churn/model.py#L12)`,
		);
	});

	test("tells what was tried and how it compares with the design", () => {
		expect(summary).toMatch(/\*\*Verified:\*\* 23 tests passed .*smoke run/);
		expect(summary).toContain("**Against the design:** **deviates**");
	});

	test("keeps what machines may ask in its facts", () => {
		expect(facts).toMatchObject({
			...{ unmet: ["unit tests"], design: "deviates", smoke: "failed" },
		});
	});

	test("shows framework, tracking and target files of the plan", () => {
		const plan = {
			...report.plan,
			framework: "scikit-learn",
			tracking: "MLflow",
		};
		const shown = implementationView(
			{ ...report, plan } as typeof report,
			about,
		);
		const text = shown.details.map(({ markdown }) => markdown).join("\n");
		expect(text).toContain("**Framework:** scikit-learn");
		expect(text).toContain("**Tracking:** MLflow");
		expect(text).toContain("- `churn/model.py` the model");
	});
});
