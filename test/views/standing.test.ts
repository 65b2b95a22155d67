import { expect, it } from "vitest";
import { advance } from "../../src/run/advance.ts";
import type { Run } from "../../src/run/run.ts";
import { renderStanding } from "../../src/views/standing.ts";
import { AT, given, runAfter } from "../support/runs.ts";
import { agent } from "../support/spending.ts";

const NO = { allowRepositoryAgents: false };
const NOTHING = { spending: [] };

it("a fresh run has nothing open and no decision", () => {
	const text = renderStanding(runAfter(0), NO, NOTHING);
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
	const text = renderStanding(ruled, NO, NOTHING);
	expect(text).toContain('1. Weekly? (read as "yes")');
	expect(text).toMatch(/2\. Who @\S+all\? \(blocks\)/);
	expect(text).not.toContain("Answered?");
	expect(text).toMatch(/R1 \| A leak \| accept \| `alice` .* we know it/);
	expect(text).toContain("| `/risk R1 accept we know it` | `alice` |");
});

it("an approval names its digest and base", () => {
	const text = renderStanding(runAfter(7), NO, NOTHING);
	expect(text).toContain(
		`Approved by \`alice\` at ${AT.slice(0, 16).replace("T", " ")} UTC, design \`3fa9c1d2\` on base \`aaaaaaa\`.`,
	);
});

it("whether a repository's briefs count is said either way", () => {
	const run = runAfter(0);
	expect(renderStanding(run, NO, NOTHING)).toContain(
		"a repository's are not used",
	);
	expect(
		renderStanding(run, { allowRepositoryAgents: true }, NOTHING),
	).toContain("this repository's own briefs");
});

it("a preview says where it ends", () => {
	const run = runAfter(0);
	const preview = { ...run, config: { ...run.config, preview: true } };
	expect(renderStanding(preview, NO, NOTHING)).toContain(
		"it ends with phase 6",
	);
});

it("limits, what was spent and what is to come are told", () => {
	const run: Run = { ...runAfter(6), shares: { phase: 5 } };
	const text = renderStanding(run, NO, {
		spending: [
			agent(1, { repeated: 1, requests: 3 }),
			agent(2, {}),
			agent(2, { usd: 1 }),
		],
		forecast: {
			...{ next: 7, usdLow: 1.5, usdHigh: 4 },
			basis: { from: "earlier runs", runs: 2, usd: 2.5 },
		},
	});
	expect(text).toContain("Budget $25, $5 for one phase.");
	expect(text.split("\n").filter((line) => line.startsWith("| "))).toEqual(
		expect.arrayContaining([
			"| 1 Problem Analysis | 3 | 1,000 | 800 | 50 | $0.25 | 1 |",
			"| 2 Data Architecture | 4 | 2,000 | 1,600 | 100 | $1.25 | – |",
			"| in all | 7 | 3,000 | 2,400 | 150 | $1.50 | 1 |",
		]),
	);
	expect(text).toContain(
		"Phases 7 to 12 will probably cost $1.50 to $4: as 2 earlier runs here, median $2.50.",
	);
});
