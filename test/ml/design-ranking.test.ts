import { describe, expect, it } from "vitest";
import { recommendDesign } from "../../src/ml/design-ranking.ts";
import type { Design } from "../../src/reports/designs.ts";
import type { Risk } from "../../src/reports/risks.ts";
import { APPROACHES, type Approach } from "../../src/reports/workflow.ts";

const design = (approach: Approach, more: Partial<Design> = {}): Design => ({
	approach,
	name: approach,
	summary: "…",
	architecture: "…",
	inputs: "…",
	outputs: "…",
	training: { loss: "…", optimizer: "…", schedule: "…" },
	inference: "…",
	resources: { training_minutes: 1, memory_mb: 100, gpu: false },
	expected_metric: { low: 0.4, high: 0.5, source: "…" },
	lines_of_code: 300,
	interpretability: "medium",
	leak_safety: "…",
	risks_addressed: ["R1"],
	...more,
});

const R1: Risk = {
	id: "R1",
	title: "A leak",
	class: "data leakage",
	severity: "critical",
	source: "LEAK02",
	mitigation: "…",
	designDemand: "…",
};

const recommend = (
	designs: Design[],
	{
		unsound = [],
		problemType = "binary classification",
	}: {
		unsound?: Approach[];
		problemType?: "binary classification" | "regression";
	} = {},
) =>
	recommendDesign({
		designs,
		risks: [R1],
		problemType,
		factCheck: {
			verdicts: APPROACHES.map((approach) => ({
				approach,
				sound: !unsound.includes(approach),
				remark: "…",
			})),
		},
	}).recommended;

const metric = (low: number, high: number) => ({
	expected_metric: { low, high, source: "…" },
});

describe("the recommendation", () => {
	it("weighs performance against cost", () => {
		const designs = [
			design("baseline", { ...metric(0.3, 0.3), lines_of_code: 100 }),
			design("pragmatic", { ...metric(0.5, 0.5), lines_of_code: 300 }),
			design("state-of-the-art", {
				...metric(0.51, 0.51),
				lines_of_code: 3_000,
				interpretability: "low",
			}),
		];
		expect(recommend(designs)).toBe("pragmatic");
	});

	it("is never a design whose claims were found wrong while another is sound", () => {
		const designs = [
			design("baseline", metric(0.2, 0.2)),
			design("pragmatic", metric(0.9, 0.9)),
		];
		expect(recommend(designs, { unsound: ["pragmatic"] })).toBe("baseline");
	});

	it("prefers the design that mitigates a critical risk", () => {
		const designs = [
			design("baseline"),
			design("pragmatic", { ...metric(0.5, 0.6), risks_addressed: [] }),
		];
		expect(recommend(designs)).toBe("baseline");
	});

	it("takes less for better where the metric is an error", () => {
		const designs = [
			design("baseline", metric(10, 12)),
			design("pragmatic", metric(4, 6)),
		];
		expect(recommend(designs, { problemType: "regression" })).toBe("pragmatic");
	});
});
