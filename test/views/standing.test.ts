import { expect, it } from "vitest";
import { advance } from "../../src/run/advance.ts";
import type { Run } from "../../src/run/run.ts";
import { renderStanding } from "../../src/views/standing.ts";
import { AT, given, runAfter } from "../support/runs.ts";

const NO = { allowRepositoryAgents: false };

it("a fresh run has nothing open and no decision", () => {
	const text = renderStanding(runAfter(0), NO);
	expect(text).toContain("Phase 1 of 12, attempt 1: working. Budget $25.");
	expect(text).toContain("Nobody had to decide anything yet.");
	expect(text).not.toContain("Open questions");
	expect(text).not.toContain("Risks ruled on");
});

it("open questions, rulings and decisions are shown, strangers' words harmless", () => {
	const run: Run = {
		...runAfter(3),
		questions: [
			{ number: 1, question: "Weekly?", blocking: false, safeReading: "yes" },
			{ number: 2, question: "Who @all?", blocking: true, safeReading: "no" },
			{ number: 3, question: "Answered?", blocking: false, safeReading: "no" },
		],
		notes: [{ phase: 1, by: "alice", text: "yes", question: 3 }],
		risks: [{ id: "R1", title: "A leak", severity: "critical" }],
	};
	const ruled = advance(run, given(run, "/risk R1 accept we know it")).run;
	const text = renderStanding(ruled, NO);
	expect(text).toContain('1. Weekly? (read as "yes")');
	expect(text).toMatch(/2\. Who @\S+all\? \(blocks\)/);
	expect(text).not.toContain("Answered?");
	expect(text).toMatch(/R1 \| A leak \| accept \| `alice` .* we know it/);
	expect(text).toContain("| `/risk R1 accept we know it` | `alice` |");
});

it("an approval names its digest and base", () => {
	const text = renderStanding(runAfter(7), NO);
	expect(text).toContain(
		`Approved by \`alice\` at ${AT.slice(0, 16).replace("T", " ")} UTC, design \`3fa9c1d2\` on base \`aaaaaaa\`.`,
	);
});

it("whether a repository's briefs count is said either way", () => {
	const run = runAfter(0);
	expect(renderStanding(run, NO)).toContain("a repository's are not used");
	expect(renderStanding(run, { allowRepositoryAgents: true })).toContain(
		"this repository's own briefs",
	);
});

it("a preview says where it ends", () => {
	const run = runAfter(0);
	const preview = { ...run, config: { ...run.config, preview: true } };
	expect(renderStanding(preview, NO)).toContain("it ends with phase 6");
});
