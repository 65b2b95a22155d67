import { load } from "js-yaml";
import { marked } from "marked";
import { describe, expect, test } from "vitest";
import type { Run } from "../../src/run/run.ts";
import { designDocument } from "../../src/views/design-document.ts";
import { renderModelCard } from "../../src/views/model-card.ts";
import { reports, run, withTexts } from "./samples.ts";

const DIGEST = "3fa9c1d2".padEnd(64, "0");
const approved: Run = {
	...run,
	decisions: [
		{
			...{ gate: "none", phase: 3, by: "bob", at: "2026-11-20T22:10:00Z" },
			command: "/risk R2 accept few customers repeat",
		},
		{
			...{ gate: "approval", phase: 6, by: "alice" },
			...{ at: "2026-11-21T09:31:07Z", digest: DIGEST },
			command: "/approve 3fa9c1d2",
		},
	],
	rulings: [
		{
			...{ risk: "R2", ruling: "accept", by: "bob" },
			...{ at: "2026-11-20T22:10:00Z", reason: "few customers repeat" },
		},
	],
	approval: {
		...{ digest: DIGEST, base: run.base.sha, by: "alice" },
		at: "2026-11-21T09:31:07Z",
	},
};
const { path, content } = designDocument({ run: approved, before: reports });

const section = (title: string) =>
	content.split(/^## /m).find((part) => part.includes(`. ${title}\n`)) ?? "";

describe("the design document", () => {
	test("has a place of its own for each issue", () => {
		expect(path).toBe("docs/ml/issue-42-design.md");
	});

	test("holds the parts of an approved design in order", () => {
		expect(content.match(/^## .*/gm)).toEqual([
			"## 1. Requirements",
			"## 2. Data architecture",
			"## 3. Risks",
			"## 4. Approaches",
			"## 5. Training pipeline",
			"## 6. Evaluation",
			"## 7. Approval",
			"## 8. Decision log",
		]);
		expect(content).not.toMatch(/undefined|\[object|NaN/);
	});

	test("tells each risk with its ruling, and the approaches with the chosen one", () => {
		expect(section("Risks")).toContain(
			"| R2 | Customers appear several times | distribution shift | high | split by customer_id | not claimed |",
		);
		expect(section("Risks")).toContain(
			"| R2 | Customers appear several times | accept | `bob` | 2026-11-20 | few customers repeat |",
		);
		expect(section("Approaches")).toContain("**Chosen: pragmatic.**");
		for (const approach of ["baseline", "state-of-the-art", "pragmatic"])
			expect(section("Approaches")).toContain(`${approach} trees`);
		const chosen = { ...approved, choice: "baseline" as const };
		expect(designDocument({ run: chosen, before: reports }).content).toContain(
			"**Chosen: baseline.** Recommended was pragmatic:",
		);
	});

	test("carries the contract as YAML that reads back as it was approved", () => {
		const yaml = /```yaml\n([\s\S]*?)\n```/.exec(section("Evaluation"))?.[1];
		expect(load(yaml ?? "")).toEqual(reports.evaluationPlan.plan.contract);
	});

	test("ends with the approval and who decided what, by the day", () => {
		expect(section("Approval")).toContain(
			`Approved by \`alice\` on 2026-11-21, digest \`${DIGEST}\`.`,
		);
		expect(section("Decision log")).toContain(
			"| 6 | approval | `/approve 3fa9c1d2` | `alice` | 2026-11-21 | `3fa9c1d2` |",
		);
	});

	test("names no hour and no commit, so that the same work makes the same file", () => {
		expect(content).not.toMatch(/\d\d:\d\d/);
		expect(content).not.toContain(run.base.sha.slice(0, 7));
	});

	test("makes nobody's text act", () => {
		const evil = "@mallory ![x](http://evil.example/x) </details><img src=x>";
		const before = withTexts(reports, evil);
		const { content } = designDocument({ run: approved, before });
		marked.walkTokens(marked.lexer(content), (token) => {
			expect(["image", "html"]).not.toContain(token.type);
			if (token.type === "text" && !("tokens" in token))
				expect(token.raw).not.toContain("@mallory");
		});
	});
});

describe("the model card's decisions", () => {
	const card = renderModelCard({ run: approved, before: reports });

	test("are the same log, with rulings and waived findings", () => {
		expect(card).toContain(
			"| 6 | approval | `/approve 3fa9c1d2` | `alice` | 2026-11-21 | `3fa9c1d2` |",
		);
		expect(card).toContain("| R2 | Customers appear several times | accept |");
		expect(card).toContain("Findings fixed: F1.");
		expect(card).toMatch(/Findings waived:\n\n- F2: Region is encoded/);
	});
});
