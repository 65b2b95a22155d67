import { marked, type Token } from "marked";
import { describe, expect, test } from "vitest";
import type { OpenGate } from "../../src/run/gate.ts";
import type { Run } from "../../src/run/run.ts";
import { parseMarker } from "../../src/views/marker.ts";
import { renderStatus } from "../../src/views/status-comment.ts";
import { run } from "./samples.ts";

const live = {
	now: "2026-11-21T09:18:20Z",
	spentUsd: 1.42,
	links: {
		pulls: [{ number: 43, url: "https://github.example/p/43", phase: 7 }],
	},
};

const done = (count: number): Run["done"] =>
	Array.from({ length: count }, (_, index) => ({
		phase: index + 1,
		attempt: 1,
		commentUrl: `https://github.example/c/${index + 1}`,
		seconds: 61,
		usd: 0.11,
	}));

const gate: OpenGate = {
	name: "approval",
	command: "/approve 3fa9c1d2",
	question: "Approve the `design`?",
	phase: 6,
	attempt: 1,
	openedAt: "2026-11-21T09:09:00Z",
};

const waiting: Run = {
	...run,
	state: "waiting",
	phase: 6,
	done: done(6),
	gate,
};

function checklist(body: string): { checked: boolean; text: string }[] {
	const items: { checked: boolean; text: string }[] = [];
	marked.walkTokens(marked.lexer(body), (token: Token) => {
		if (token.type === "list_item")
			items.push({ checked: token.checked ?? false, text: token.text });
	});
	return items;
}

const firstCode = (body: string) => /`([^`]+)`/.exec(body)?.[1];

describe("the status comment", () => {
	test("names the job that has been away for long, and since when", () => {
		const lateJob = {
			page: "https://github.example/actions/runs/7",
			since: "2026-11-21T09:10:00Z",
		};
		expect(renderStatus({ ...run, phase: 11 }, { ...live, lateJob })).toContain(
			`[a job on your own runners](${lateJob.page}) since 09:10 UTC`,
		);
	});

	test("at a phase's start announces it in the specification's two lines", () => {
		const body = renderStatus({ ...run, phase: 4 }, live);
		expect(body).toContain(
			"**Phase 4 of 12: Model Architecture**\nNext: Phase 5 - Training Pipeline\n",
		);
		expect(renderStatus({ ...run, phase: 12 }, live)).toContain(
			"**Phase 12 of 12: Summary**\nNext: Done!\n",
		);
	});

	test("begins with its marker, which is the same all through the run", () => {
		const marker = parseMarker(renderStatus(run, live));
		expect(marker).toMatchObject({ kind: "status", data: { run: "7/42/1" } });
		expect(marker?.data).not.toHaveProperty("phase");
	});

	test("tells standing, time and cost in the first lines", () => {
		const lines = renderStatus(waiting, live).split("\n\n");
		expect(lines[1]).toBe(
			"### Modelwright · Phase 6 of 12: Evaluation Strategy — waiting for your approval",
		);
		expect(lines[2]).toBe("18 min · $1.42 of $25 · requested by alice");
	});

	test("has twelve boxes under four headings", () => {
		const body = renderStatus(waiting, live);
		expect(checklist(body)).toHaveLength(12);
		const order = ["Discovery", "Design", "Implementation", "Evaluation"].map(
			(heading) => body.indexOf(`\n**${heading}**\n`),
		);
		expect(order).toEqual([...order].sort((a, b) => a - b));
		expect(order[0]).toBeGreaterThan(0);
	});

	test("ticks what is done and points at what is at work", () => {
		const items = checklist(
			renderStatus({ ...run, phase: 3, done: done(2) }, live),
		);
		expect(items.filter(({ checked }) => checked)).toHaveLength(2);
		expect(items[1]?.text).toBe(
			"2 Data Architecture · [result](https://github.example/c/2) · 1 min · $0.11",
		);
		expect(items.filter(({ text }) => text.startsWith("▶"))).toEqual([
			{ checked: false, text: "▶ 3 Risk Assessment" },
		]);
	});

	test("does not tick a phase that still waits for a decision, but links its result", () => {
		const item = checklist(renderStatus(waiting, live))[5];
		expect(item?.checked).toBe(false);
		expect(item?.text).toContain("▶ 6 Evaluation Strategy · [result](");
	});

	test("shows the gate's command in its first code span, whatever the question holds", () => {
		expect(firstCode(renderStatus(waiting, live))).toBe("/approve 3fa9c1d2");
	});

	test("marks what was redone, and links pull requests", () => {
		const body = renderStatus({ ...waiting, attempts: { 1: 1, 4: 2 } }, live);
		expect(checklist(body)[3]?.text).toContain("attempt 2");
		expect(checklist(body)[6]?.text).toContain("[#43]");
	});

	test.each([
		["paused", "paused", "/resume"],
		["cancelled", "cancelled", "ml-task"],
		["failed", "stopped", "ml-task"],
		["closed", "done", undefined],
	] as const)("of a %s run says %s", (state, words, command) => {
		const body = renderStatus({ ...run, state }, live);
		expect(body).toContain(`— ${words}\n`);
		expect(firstCode(body)).toBe(command);
	});

	test.each([
		["label", "putting the label `ml-task` on again"],
		["lock", "unlocking the issue"],
	] as const)(
		"says what paused a run and lets it go on: its %s",
		(pausedBy, way) => {
			const body = renderStatus({ ...run, state: "paused", pausedBy }, live);
			expect(firstCode(body)).toBe("/resume");
			expect(body).toContain(way);
		},
	);

	test("of a delivered run has twelve ticks, a clock that stands, and asks for merges", () => {
		const body = renderStatus(
			{
				...run,
				state: "delivered",
				phase: 12,
				done: done(12),
				endedAt: "2026-11-21T09:05:00Z",
			},
			live,
		);
		expect(checklist(body).every(({ checked }) => checked)).toBe(true);
		expect(body).toContain("\n5 min · ");
		expect(body).toMatch(/merge \[#43\]/);
		expect(body).not.toContain("▶");
	});

	test("warns of a limit that is nearly used up", () => {
		const warnings = [
			{ limit: "agent", limitUsd: 2, spentUsd: 1.8, agent: "@mallory" },
		] as const;
		const body = renderStatus(waiting, { ...live, warnings });
		expect(body).toContain("**90 % of $2 is used**");
		expect(body).toContain("by @&#8203;mallory");
		expect(firstCode(body)).toBe("/approve 3fa9c1d2");
	});

	test("tells trouble without letting it speak for us", () => {
		const body = renderStatus(
			{ ...run, trouble: "Overloaded; ask @mallory\n/approve" },
			live,
		);
		expect(body).toContain("**Trouble:** Overloaded; ask @&#8203;mallory");
	});
});
