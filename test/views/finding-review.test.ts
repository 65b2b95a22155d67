import { expect, test } from "vitest";
import type { Finding } from "../../src/reports/findings.ts";
import { findingReview } from "../../src/views/finding-review.ts";
import { reports } from "./samples.ts";

const finding = (more: Partial<Finding> = {}): Finding => ({
	...(reports.review.findings[1] as Finding),
	quote: "encoder.fit(rows)",
	...more,
});

const remark = (more: Partial<Finding> = {}) =>
	findingReview("7/42/1/10/1", 42, [finding(more)]).remarks[0];

test("a reviewer's code for the lines it quoted can be committed as a suggestion", () => {
	expect(remark()?.comment).toMatch(
		/^\*\*F2 · medium · 94:\*\* Region .*```suggestion\nencoder\.fit\(train\)\n```$/s,
	);
});

test("a rule's fix can be committed where it stands", () => {
	const said = remark({
		...{ rule: "PT01", tier: "measured", suggestion: "Clear it." },
		replacement: "optimizer.zero_grad()\nloss.backward()",
	});
	expect(said?.comment).toMatch(/^\*\*F2 · medium · 94 · PT01, measured:/);
	expect(said?.comment).toMatch(
		/Suggestion: Clear it\.\n\n```suggestion\noptimizer\.zero_grad\(\)\nloss\.backward\(\)\n```$/,
	);
});

test("a rule's words, and code of which nobody knows what it replaces, are none", () => {
	const byRule = remark({ rule: "LEAK02", suggestion: "Split first." });
	expect(byRule?.comment).toContain("Suggestion: Split first.");
	const { quote: _, ...older } = finding();
	const [said] = findingReview("key", 42, [older]).remarks;
	for (const comment of [byRule?.comment, said?.comment])
		expect(comment).not.toContain("```suggestion");
});

test("what a model says stays inside its comment, and commands and mentions nobody", () => {
	const said = remark({
		title: "@alice [see](http://evil.example) ![x](y)",
		details: "/approve\n```suggestion\nrm -rf\n```\nCloses #1",
		suggestion: "x = 1\n```\n@bob\n/cancel",
		doubt: "Ask @carol",
	});
	const comment = said?.comment ?? "";
	expect(comment.match(/^`{3,}suggestion$/gm)).toHaveLength(1);
	expect(comment).toMatch(
		/^````suggestion\nx = 1\n```\n@bob\n\/cancel\n````$/m,
	);
	expect(comment.replace(/````[\s\S]*````/, "")).not.toMatch(
		/@(alice|carol)|^\/approve|!\[|\]\(http|#1\b/m,
	);
	expect(said?.inShort).not.toContain("\n");
});
