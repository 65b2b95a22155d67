import { describe, expect, it } from "vitest";
import { advance, type Event } from "../../src/run/advance.ts";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import { type Drift, judgeMovement } from "../../src/run/drift.ts";
import type { Step } from "../../src/run/order.ts";
import type { Run } from "../../src/run/run.ts";
import { AT, begun, done, given, runAfter, today } from "../support/runs.ts";

const happens = (run: Run, type: Event["type"], more = {}) =>
	advance(run, { type, by: "carol", at: AT, ...more } as Event);
const edited = (run: Run, body = "Predict next quarter.") =>
	happens(run, "issue-edited", { title: run.issue.title, body });
const starts = ({ orders }: Step) =>
	orders.flatMap((order) => (order.do === "start-phase" ? [order] : []));
const says = (step: Step) => step.orders.map((order) => order.do);

describe("an edit of the issue", () => {
	it("under a waiting design shows the difference and asks again", () => {
		const step = edited(runAfter(6));
		expect(step.run.changes[0]?.difference).toBe(
			"- Predict it.\n+ Predict next quarter.",
		);
		expect(starts(step)).toEqual([
			expect.objectContaining({
				phase: 6,
				attempt: 2,
				resolving: expect.anything(),
			}),
		]);
	});

	it("during phase 1 begins the phase anew", () => {
		const { run } = begun();
		const step = edited(run);
		expect(says(step)).toEqual(["stop-phase", "start-phase"]);
	});

	it("in between is told, kept for the approval, and stops nothing", () => {
		const step = edited(runAfter(2));
		expect(says(step)).toEqual(["tell-change"]);
		expect(step.run.issue.body).toBe("Predict next quarter.");
		expect(step.run.changes).toHaveLength(1);
	});

	it("after the approval is told; what was approved is what is built", () => {
		const run = runAfter(8);
		const step = edited(run);
		expect(step.run).toBe(run);
		expect(says(step)).toEqual(["tell-change"]);
	});

	it("that leaves the text as it was means nothing", () => {
		const run = runAfter(6);
		expect(edited(run, run.issue.body)).toEqual({ run, orders: [] });
	});
});

describe("the world at the approval", () => {
	const drift = (verdict: Drift["verdict"]) => ({
		sha: "b".repeat(40),
		drift: { verdict, why: "Files changed: a.py" },
	});
	const approves = (run: Run, more: Parameters<typeof today>[1]) =>
		advance(
			run,
			given(run, "/approve 3fa9c1d2", { facts: { now: today(run, more) } }),
		);

	it("may have moved where the design does not look: the new base is noted", () => {
		const { run } = approves(runAfter(6), { base: drift("fresh") });
		expect(run.phase).toBe(7);
		expect(run.approval?.base).toBe("b".repeat(40));
		expect(run.base.sha).toBe("b".repeat(40));
	});

	it("asks again where files changed that the design rests on", () => {
		const step = approves(runAfter(6), { base: drift("narrow") });
		expect(step.run.approval).toBeUndefined();
		expect(step.run.changes[0]?.what).toBe("base branch");
		expect(starts(step)[0]).toMatchObject({ phase: 6 });
	});

	it("has the design made anew where its ground is gone", () => {
		const step = approves(runAfter(6), {
			base: drift("stale"),
			config: { ok: true, config: { ...DEFAULT_CONFIG, budget: 99 } },
		});
		expect(starts(step)[0]).toMatchObject({ phase: 4 });
		const told = step.orders.flatMap((order) =>
			order.do === "tell-change" ? [order.change.what] : [],
		);
		expect(told).toEqual(["configuration", "base branch"]);
		expect(step.orders[0]).toMatchObject({
			reply: expect.stringContaining("made anew from phase 4"),
		});
	});

	it("takes over the branch the code lives on now", () => {
		const base = { ...drift("stale"), branch: "trunk" };
		const { run } = approves(runAfter(6), { base });
		expect(run.base).toEqual({ branch: "trunk", sha: "b".repeat(40) });
	});

	it("asks again, with the difference, where the configuration changed", () => {
		const config = { ...DEFAULT_CONFIG, budget: 99 };
		const step = approves(runAfter(6), { config: { ok: true, config } });
		expect(step.run.changes[0]?.difference).toContain("+ budget: 99");
	});

	it("is refused while the configuration cannot be read", () => {
		const run = runAfter(6);
		const config = { ok: false, faults: ["budget: must be a number"] } as const;
		const step = approves(run, { config: config as never });
		expect(step.run).toBe(run);
		expect(step.orders[0]).toMatchObject({
			reply: expect.stringContaining("budget: must be a number"),
		});
	});

	it("is looked at once more before the first line of code", () => {
		const run = runAfter(6);
		const approved = advance(run, given(run, "/approve 3fa9c1d2")).run;
		const step = advance(approved, {
			type: "design-outdated",
			attempt: approved.attempt,
			now: today(approved, { issue: { title: "Churn", body: "Other." } }),
			at: AT,
		});
		expect(step.run.approval).toBeUndefined();
		expect(starts(step)[0]).toMatchObject({ phase: 6, attempt: 2 });
	});
});

describe("a pause while the world is looked at once more", () => {
	const paused = () => {
		const approved = advance(
			runAfter(6),
			given(runAfter(6), "/approve 3fa9c1d2"),
		).run;
		return happens(approved, "label-removed").run;
	};

	it("keeps phase 7 from an outdated design all the same, and stays", () => {
		const run = paused();
		const step = advance(run, {
			type: "design-outdated",
			attempt: run.attempt,
			now: today(run, { issue: { title: "Churn", body: "Other." } }),
			at: AT,
		});
		expect(step.run).toMatchObject({
			...{ state: "paused", pausedBy: "label", phase: 6, attempt: 2 },
		});
		expect(step.run.approval).toBeUndefined();
		const shown = advance(step.run, done(step.run, runAfter(6).gate)).run;
		expect(shown.state).toBe("paused");
		expect(happens(shown, "label-added").run.state).toBe("waiting");
	});
});

describe("the base branch", () => {
	const none = { changed: [], removed: [], rewritten: false };
	const cited = new Set(["a.py", "data.csv"]);
	it.each([
		["fresh", "changes elsewhere", { ...none, changed: ["b.py"] }],
		["narrow", "changes a cited file", { ...none, changed: ["a.py"] }],
		["stale", "loses a cited file", { ...none, removed: ["a.py"] }],
		["stale", "changes the data", { ...none, changed: ["data.csv"] }],
		["stale", "is rewritten", { ...none, rewritten: true }],
	])("leaves the design %s when it %s", (verdict, _how, movement) => {
		expect(judgeMovement(movement, cited, "data.csv").verdict).toBe(verdict);
	});
});

describe("a label", () => {
	it("taken off pauses, put back resumes", () => {
		const paused = happens(runAfter(2), "label-removed").run;
		expect(paused).toMatchObject({ state: "paused", pausedBy: "label" });
		const ended = advance(paused, done(paused)).run;
		const back = happens(ended, "label-added");
		expect(starts(back)[0]).toMatchObject({ phase: 4 });
		expect(back.run.pausedBy).toBeUndefined();
	});

	it("does not resume what a person paused", () => {
		const run = advance(runAfter(2), given(runAfter(2), "/pause")).run;
		expect(happens(run, "label-added").run).toBe(run);
	});

	it("put on a task with a live run is answered in a word", () => {
		expect(says(happens(runAfter(2), "label-added"))).toEqual(["tell-live"]);
	});
});

describe("an issue", () => {
	it("that is locked pauses its run until it is unlocked", () => {
		const locked = happens(runAfter(6), "issue-locked").run;
		expect(locked.state).toBe("paused");
		const open = happens(locked, "issue-unlocked").run;
		expect(open.state).toBe("waiting");
		expect(open.gate?.name).toBe("approval");
	});

	it("that is gone ends its run without a word", () => {
		const step = happens(runAfter(2), "task-gone", { why: "It was deleted." });
		expect(step.run).toMatchObject({
			state: "cancelled",
			trouble: "It was deleted.",
		});
		expect(says(step)).toEqual(["stop-phase"]);
	});
});

describe("a preview", () => {
	it("is delivered with the design, without code and without an approval", () => {
		let { run } = begun({ ...DEFAULT_CONFIG, preview: true });
		while (run.state === "working") run = advance(run, done(run)).run;
		expect(run).toMatchObject({ state: "delivered", phase: 6 });
		expect(run.approval).toBeUndefined();
	});
});
