import { expect, test } from "vitest";
import { weigh } from "../../src/ml/weigh-findings.ts";
import type { FactCheck } from "../../src/reports/fact-check.ts";
import type { Finding } from "../../src/reports/findings.ts";
import { reports } from "../views/samples.ts";

const finding = (id: string, more: Partial<Finding> = {}): Finding => ({
	...(reports.review.findings[1] as Finding),
	...{ id, severity: "high", fingerprint: id, rule: "reviewer" },
	...more,
});

const says = (
	about: string,
	verdict: FactCheck["verdicts"][number]["verdict"],
	confidence = 95,
) => ({ about, verdict, confidence, remark: `${about} is ${verdict}` });

test("what is refuted goes, what is confirmed stays, what is unsure stays one grade lower and says so", () => {
	const { findings, refuted } = weigh(
		[finding("F1"), finding("F2", { severity: "critical" }), finding("F3")],
		{
			verdicts: [
				says("F1:", "refuted"),
				says("F2", "confirmed"),
				says("F3", "unsure"),
			],
		},
	);
	expect(refuted).toBe(1);
	expect(findings).toMatchObject([
		{ id: "F2", severity: "critical" },
		{ id: "F3", severity: "medium", doubt: "F3 is unsure" },
	]);
	expect(findings[0]).not.toHaveProperty("doubt");
});

test("a verdict that its own author doubts, and none at all, count as unsure", () => {
	const { findings } = weigh([finding("F1"), finding("F12")], {
		verdicts: [says("F1", "refuted", 60)],
	});
	expect(findings).toMatchObject([
		{ id: "F1", severity: "medium", doubt: "F1 is refuted" },
		{ id: "F12", severity: "medium", doubt: "It was not answered." },
	]);
});

test("a rule's word and what is not grave need no second look", () => {
	const plain = [
		finding("F1", { rule: "LEAK02" }),
		finding("F2", { severity: "medium" }),
	];
	expect(weigh(plain, { verdicts: [] }).findings).toEqual(plain);
});
