import { describe, expect, test } from "vitest";
import { parseIdentifier } from "../../src/run/buttons.ts";
import { GATES, type GateRequest } from "../../src/run/gate.ts";
import { sumUp } from "../../src/run/spending.ts";
import { commitMessage } from "../../src/views/commit-message.ts";
import { evaluationCheck } from "../../src/views/evaluation-check.ts";
import { type ReviewCheck, reviewCheck } from "../../src/views/findings.ts";
import { parseMarker } from "../../src/views/marker.ts";
import { renderModelCard } from "../../src/views/model-card.ts";
import { duration, percent, usd } from "../../src/views/numbers.ts";
import { ask, renderPhaseComment } from "../../src/views/phase-comment.ts";
import { pullBody, pullTitle } from "../../src/views/pull-request.ts";
import {
	configFaults,
	renderReply,
	renderTrouble,
} from "../../src/views/replies.ts";
import { table } from "../../src/views/table.ts";
import { agent } from "../support/spending.ts";
import { reports, run } from "./samples.ts";

const firstCode = (body: string) => /`([^`]+)`/.exec(body)?.[1];

describe("a phase comment", () => {
	const view = {
		summary: "Look at `this` first.",
		details: [{ title: "More", markdown: "inside" }],
		facts: { tables: ["a`b"] },
	};
	const comment = {
		run,
		phase: { number: 6, name: "Evaluation Strategy" },
		attempt: 2,
		view,
		seconds: 75,
		usd: 0.42,
	};

	test.each(GATES)(
		"at the gate %s has its command in the first code span",
		(name) => {
			const gate: GateRequest = {
				name,
				command: "/fix all",
				question: "Shall `it` go on?",
			};
			expect(firstCode(renderPhaseComment({ ...comment, gate }))).toBe(
				"/fix all",
			);
		},
	);

	test("repeats the announcement, and ends with time, cost and attempt", () => {
		const body = renderPhaseComment(comment);
		expect(body.split("\n").slice(2, 4)).toEqual([
			"**Phase 6 of 12: Evaluation Strategy**",
			"Next: Phase 7 - Model Implementation",
		]);
		expect(body).toMatch(/<sub>1 min · \$0.42 · attempt 2<\/sub>$/);
		expect(body).toContain(
			"<details><summary>More</summary>\n\ninside\n\n</details>",
		);
	});

	test("tells what it took of the model and warns of a limit, with the gate's command first", () => {
		const body = renderPhaseComment({
			...comment,
			gate: { name: "approval", command: "/approve 1", question: "Go on?" },
			tally: sumUp([agent(6, {}), agent(6, {})]),
			warnings: [{ limit: "run", limitUsd: 25, spentUsd: 21 }],
		});
		expect(body).toMatch(
			/<sub>1 min · \$0.42 · 4 requests · 80 % of the prompt from cache · attempt 2<\/sub>$/,
		);
		expect(body).toContain("**84 % of $25 is used**, what this run may spend;");
		expect(firstCode(body)).toBe("/approve 1");
	});

	test("keeps its facts for machines, unless they would crowd out the text", () => {
		expect(parseMarker(renderPhaseComment(comment))).toEqual({
			kind: "phase",
			data: {
				run: "7/42/1",
				phase: 6,
				attempt: 2,
				seconds: 75,
				usd: 0.42,
				facts: { tables: ["a`b"] },
			},
		});
		const huge = { ...view, facts: { x: "y".repeat(50_000) } };
		expect(renderPhaseComment({ ...comment, view: huge }).length).toBeLessThan(
			2_000,
		);
	});
});

describe("a pull request", () => {
	const request = {
		run,
		phase: 7,
		change: reports.model.change,
		tests: reports.model.tests,
		base: "main",
		part: 1,
		of: 3,
		files: reports.model.pull.files,
	};

	test("says which part of what it is", () => {
		expect(pullTitle(request)).toBe(
			"[#42 · 7/12] Churn model: trees with fold-wise encoding",
		);
		expect(pullBody(request)).toContain(
			"Part of #42 · part 1 of 3 · based on `main`",
		);
		const last = { ...request, closesIssue: true };
		expect(pullBody(last)).toContain("Closes #42");
		expect(pullBody(last)).not.toContain("Part of");
	});

	test("says why, what, how it was verified and how to steer", () => {
		const body = pullBody(request);
		const order = [
			"**Why**",
			"**What changed** (1 file, +312 −4)",
			"**How it was verified**",
			"23 tests passed",
			"**How to steer me**",
		].map((part) => body.indexOf(part));
		expect(order).toEqual([...order].sort((a, b) => a - b));
		expect(order[0]).toBeGreaterThan(0);
	});

	test("closes no other issue through a title, a reason or a commit", () => {
		const change = { title: "Fixes #9", why: "closes #9", what: ["fix #9"] };
		const evil = { ...request, change };
		for (const text of [pullTitle(evil), pullBody(evil), commitMessage(evil)])
			expect(text).not.toMatch(/#9/);
	});

	test("keeps titles short without cutting a character in two", () => {
		const change = { ...request.change, title: "🦉".repeat(200) };
		const title = pullTitle({ ...request, change });
		expect(title.length).toBeLessThanOrEqual(120);
		expect(title.isWellFormed()).toBe(true);
		expect(commitMessage({ ...request, change }).isWellFormed()).toBe(true);
	});

	test("is made of commits with a typed subject, in the requester's name too", () => {
		const message = commitMessage({
			...request,
			run: { ...run, requestedBy: "alice", requesterId: 7 },
		});
		const lines = message.split("\n");
		expect(lines[0]).toBe("feat: churn model: trees with fold-wise encoding");
		expect(lines.at(-1)).toBe(
			"Co-authored-by: alice <7+alice@users.noreply.github.example>",
		);
		const change = { ...request.change, title: "fix(data): drop a column" };
		expect(commitMessage({ ...request, change })).toMatch(/^fix\(data\): drop/);
	});

	test("asks people to look at what is installed or run on their machines", () => {
		const files = [
			{ path: "requirements.txt", additions: 1, deletions: 0 },
			{ path: "churn/model.py", additions: 3, deletions: 1 },
		];
		expect(pullBody({ ...request, files })).toContain(
			"**Look twice at** `requirements.txt`: it decides what is installed or run.",
		);
		expect(pullBody(request)).not.toContain("Look twice");
	});
});

const shown = (
	focus: ReviewCheck["focus"],
	more: Partial<ReviewCheck> = {},
): ReviewCheck => ({
	...{ focus, review: { ...reports.review, fixed: [] } },
	...{ pull: 43, headSha: "a".repeat(40), run: {}, ...more },
});

describe("a check", () => {
	test("of a review advises, with one annotation per finding", () => {
		const check = reviewCheck(shown("ml practices"));
		expect(check).toMatchObject({
			name: "modelwright / ml practices",
			conclusion: "neutral",
			title: "2 findings: 1 high, 1 medium",
		});
		expect(check.annotations.map(({ level }) => level)).toEqual([
			"failure",
			"warning",
		]);
		expect(check.annotations[0]).toMatchObject({
			path: "churn/features.py",
			startLine: 31,
			endLine: 32,
			title: "F1 · high · 94 · LEAK02: Region is encoded before the split",
			details: "encoder.fit(train)",
		});
	});

	test("of a review has buttons within GitHub's limits while something is open", () => {
		const pull = 2_000_000_000;
		const findings = reports.review.findings.map((one) => ({ ...one, pull }));
		const review = { ...reports.review, findings, fixed: [] };
		const { actions = [] } = reviewCheck(
			shown("ml practices", { pull, review }),
		);
		expect(actions.map(({ label }) => label)).toEqual([
			...["Fix", "Dismiss", "Re-run"],
		]);
		for (const { label, description, identifier } of actions) {
			expect(label.length).toBeLessThanOrEqual(20);
			expect(description.length).toBeLessThanOrEqual(40);
			expect(identifier.length).toBeLessThanOrEqual(20);
			expect(parseIdentifier(identifier)).toMatchObject({
				pull: 2_000_000_000,
			});
		}
	});

	test("of a review shows what was dismissed by name and reason alone, and what is resolved on the head where it went", () => {
		const settled = { at: "2026-11-21T10:00:00Z" };
		const run = {
			dismissals: [
				{
					...{ finding: "F1", fingerprint: "fp-F1", by: "carol" },
					...{ reason: "It is <b>meant</b>.", ...settled },
				},
			],
			resolutions: [
				{
					finding: "F2",
					fingerprint: "fp-F2",
					head: "b".repeat(40),
					...settled,
				},
			],
		};
		const at = (headSha: string) =>
			reviewCheck(shown("ml practices", { run, headSha }));
		const there = at("b".repeat(40));
		expect(there).toMatchObject({
			...{ conclusion: "success", annotations: [] },
			title: "Nothing to fix here",
		});
		expect(there.actions ?? []).toEqual([]);
		expect(there.summary).toMatch(/F1 .*dismissed by `carol`: It is &#60;b>/);
		expect(there.summary).toMatch(/F2 .*resolved/);
		expect(at("c".repeat(40)).summary).not.toContain("resolved");
	});

	test("of a review names what is fixed with where, and asks about it no more", () => {
		const check = reviewCheck(
			shown("ml practices", { review: reports.review }),
		);
		expect(check.title).toBe("1 finding: 1 medium");
		expect(check.summary).toMatch(/F1 .*fixed in \[#46\]/);
	});

	test("of a review without findings is green", () => {
		const check = reviewCheck(shown("performance"));
		expect(check.conclusion).toBe("success");
	});

	test.each([
		["PASS", "success"],
		["FAIL", "failure"],
		["INCONCLUSIVE", "neutral"],
	] as const)(
		"of the evaluation is decided by the verdict: %s",
		(verdict, conclusion) => {
			const result = { ...reports.results.result, verdict };
			const check = evaluationCheck(result);
			expect(check.conclusion).toBe(conclusion);
			expect(check.title).toBe(
				`${verdict} · PR-AUC 0.412 [0.371, 0.452] vs baseline 0.338`,
			);
		},
	);
});

describe("the model card", () => {
	const decisions = [
		{
			gate: "approval" as const,
			phase: 6,
			by: "alice",
			at: "2026-11-21T10:30:00Z",
			command: "/approve 3fa9c1d2",
			digest: "3fa9c1d2".padEnd(64, "0"),
		},
	];

	test("follows REFORMS and ends with the decisions", () => {
		const card = renderModelCard({
			run: { ...run, decisions },
			before: reports,
		});
		expect([...card.matchAll(/^## \d+\. (.*)$/gm)].map((m) => m[1])).toEqual([
			"Study goals",
			"Computational reproducibility",
			"Data quality",
			"Data preprocessing",
			"Modelling",
			"Data leakage",
			"Metrics and uncertainty",
			"Generalizability and limitations",
			"Decisions",
		]);
		for (const fact of [
			"`alice`",
			"/approve 3fa9c1d2",
			"Training seeds: 1, 2, 3",
			"**PASS**",
			"one snapshot of the data",
			"Pull requests: ",
		])
			expect(card).toContain(fact);
	});

	test("is the same wherever and at whatever hour the same work is done", () => {
		const elsewhere = {
			...run,
			startedAt: "2031-01-01T00:00:00Z",
			base: { ...run.base, sha: "f".repeat(40) },
			repository: { ...run.repository, htmlUrl: "http://other.test/o/r" },
			decisions: decisions.map((d) => ({
				...d,
				at: `${d.at.slice(0, 10)}T23:59:59Z`,
			})),
			done: run.done.map((d) => ({ ...d, seconds: 99, usd: 9 })),
		};
		expect(renderModelCard({ run: elsewhere, before: reports })).toBe(
			renderModelCard({ run: { ...run, decisions }, before: reports }),
		);
	});

	test("says what is not known instead of leaving it out", () => {
		const card = renderModelCard({ run, before: {} });
		expect(card.match(/Not known\./g)?.length).toBeGreaterThan(5);
		expect(card).not.toMatch(/undefined|NaN/);
	});
});

describe("a reply", () => {
	test("to a command is known by the comment it answers", () => {
		const body = renderReply(77, "bob", "approving needs write.");
		expect(parseMarker(body)?.data.key).toBe("comment-77");
		expect(body).toContain("`bob`: approving needs write.");
		const named = renderReply(77, "bob", "`bob` has read access.");
		expect(named).not.toContain("`bob`: `bob`");
	});

	test("in trouble gives the exact command first, then what is kept", () => {
		const body = renderTrouble({
			run,
			phase: 4,
			attempt: 1,
			failure: { kind: "budget", message: "The `budget` is spent." },
			command: "/budget 50",
		});
		expect(firstCode(body)).toBe("/budget 50");
		expect(body).toMatch(/is kept\.$/);
	});

	test("about the configuration lists every fault and the way on", () => {
		const body = configFaults(["budget: too big", "label: empty"]);
		expect(body).toContain("- budget: too big\n- label: empty");
		expect(body).toMatch(/put it on again\.$/);
	});
});

describe("numbers and tables", () => {
	test.each([
		[usd(0), "$0"],
		[usd(0.004), "under $0.01"],
		[usd(4.1), "$4.10"],
		[usd(25), "$25"],
		[duration(12.4), "12 s"],
		[duration(61), "1 min"],
		[duration(8_000), "2 h"],
		[percent(0.004), "0.4 %"],
		[percent(0.0001), "under 0.1 %"],
		[percent(0.2), "20 %"],
	])("read as people write them: %s", (shown, expected) => {
		expect(shown).toBe(expected);
	});

	test("a cell cannot become two, nor a row", () => {
		expect(table(["a"], [["x | y\nz"], ["x \\| y"], [""]])).toBe(
			"| a |\n| --- |\n| x \\| y z |\n| x \\| y |\n| – |",
		);
		expect(table(["a"], [])).toBe("");
	});
});

describe("a gate's question", () => {
	test.each([
		"Which?\n~~~\nx",
		"Which?\n\n    /cancel",
		"<code>/cancel</code> or what?",
		"x\n<!-- hide",
		"Is `/cancel` right?",
		"**bold** [a](http://b) #1 @alice",
	])("%j never comes before the gate's command as code", (question) => {
		const asked = ask({
			name: "requirements",
			command: "/answer 1 no",
			question,
		});
		const first = /`([^`]+)`/.exec(asked)?.[1];
		expect(first).toBe("/answer 1 no");
		expect(asked).not.toMatch(/\n|<code|<!--|~~~/);
	});
});
