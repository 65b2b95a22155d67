import { describe, expect, it } from "vitest";
import { advance, type Event, type PullsSeen } from "../../src/run/advance.ts";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import type { Order } from "../../src/run/order.ts";
import type { Run } from "../../src/run/run.ts";
import { topOf } from "../../src/run/top.ts";
import { AT, done, given, runAfter } from "../support/runs.ts";

const SEQUENTIAL = { ...DEFAULT_CONFIG, pull_requests: "sequential" } as const;
const HEAD = "c".repeat(40);

const opened = (number: number) => ({ number, branch: `b${number}` });
const ends = (run: Run, number?: number) =>
	advance(run, {
		...done(run),
		...(number ? { pull: opened(number) } : {}),
	} as Event);
const seen = (run: Run, more: Partial<PullsSeen>) =>
	advance(run, {
		...{ type: "pulls-seen", merged: [], closed: [], elsewhere: [] },
		...{ head: HEAD, at: AT },
		...more,
	});
const says = (run: Run, body: string) => advance(run, given(run, body));
const started = (orders: readonly Order[]) =>
	orders.flatMap((order) => (order.do === "start-phase" ? [order.phase] : []));
const did = (orders: readonly Order[]) => orders.map((order) => order.do);

/** Phase 7 is done, and its pull request 12 waits. */
const waiting = () => ends(approved(), 12).run;
const approved = () => says(runAfter(6, SEQUENTIAL), "/approve 3fa9c1d2").run;

describe("a sequential run", () => {
	it("asks for the merge of what a phase opened before the next begins", () => {
		const { run, orders } = ends(approved(), 12);
		expect(run).toMatchObject({ state: "waiting", phase: 7 });
		expect(run.gate).toMatchObject({ name: "stack", command: "/approve" });
		expect(run.gate?.question).toBe("Merge #12, then I go on.");
		expect(did(orders)).toEqual(["ask-merge", "show-status"]);
	});

	it("goes on from the default branch as it is then once that is merged", () => {
		const { run, orders } = seen(waiting(), { merged: [12] });
		expect(started(orders)).toEqual([8]);
		expect(run.merges).toEqual([opened(12)]);
		expect(topOf(run, [])).toEqual({ sha: HEAD, branch: "main" });
		expect(run.base.sha).toBe("a".repeat(40));
	});

	it("hears of a merge once", () => {
		const { run } = seen(waiting(), { merged: [12] });
		expect(seen(run, { merged: [12] })).toEqual({ run, orders: [] });
	});

	it("is not moved by the merge of something else", () => {
		const run = waiting();
		expect(seen(run, { merged: [99] })).toEqual({ run, orders: [] });
	});

	it("goes on without a merge at `/approve`, and then asks for both, lowest first", () => {
		const on = says(waiting(), "/approve");
		expect(started(on.orders)).toEqual([8]);
		const next = ends(on.run, 13);
		expect(next.run.gate?.question).toBe("Merge #12, then #13, then I go on.");
		const half = seen(next.run, { merged: [12] });
		expect(half.run.gate?.question).toBe("Merge #13, then I go on.");
		expect(did(half.orders)).toContain("ask-merge");
		expect(started(seen(half.run, { merged: [13] }).orders)).toEqual([9]);
	});

	it("needs write access for that", () => {
		const run = waiting();
		const read = advance(run, given(run, "/approve", { role: "triage" }));
		expect(read.run).toBe(run);
	});

	it("keeps a merge that comes while the next phase is at work", () => {
		const at8 = says(waiting(), "/approve").run;
		const merged = seen(at8, { merged: [12] });
		expect(merged.run).toMatchObject({ state: "working", phase: 8 });
		expect(ends(merged.run, 13).run.gate?.question).toBe(
			"Merge #13, then I go on.",
		);
	});

	it("keeps a merge that comes while it is paused, and goes on at `/resume`", () => {
		const paused = says(waiting(), "/pause").run;
		const merged = seen(paused, { merged: [12] }).run;
		expect(merged.state).toBe("paused");
		expect(started(says(merged, "/resume").orders)).toEqual([8]);
	});

	it("asks again at `/resume` where nobody merged", () => {
		const { run, orders } = says(says(waiting(), "/pause").run, "/resume");
		expect(run.gate?.name).toBe("stack");
		expect(did(orders)).toContain("ask-merge");
	});

	it("stays where it is when the pull request is closed unmerged, and says so", () => {
		const closed = seen(waiting(), { closed: [12] });
		expect(closed.run.state).toBe("waiting");
		expect(closed.run.gate?.question).toMatch(
			/^#12 was closed without a merge/,
		);
		expect(did(closed.orders)).toEqual(["show-status"]);
		expect(seen(closed.run, { closed: [12] }).orders).toEqual([]);
		expect(seen(closed.run, {}).run.gate?.question).toMatch(/^Merge #12/);
	});

	it("says where a merge went elsewhere", () => {
		const strayed = seen(waiting(), { elsewhere: [12] });
		expect(strayed.run.gate?.question).toMatch(/#12 .* not into main/);
	});

	it("waits for the fixes of phase 10 after the decision on its findings", () => {
		let run = approved();
		for (const number of [12, 13, 14])
			run = seen(ends(run, number).run, { merged: [number] }).run;
		expect(run.phase).toBe(10);
		const findings = {
			...{ name: "findings" as const, command: "/fix all", question: "Which?" },
			choices: ["F1"],
		};
		const asked = advance(run, {
			...done(run, findings),
			pull: opened(15),
		} as Event).run;
		expect(asked.gate?.name).toBe("findings");
		const decided = says(asked, "/fix none").run;
		expect(decided.gate).toMatchObject({ name: "stack", phase: 10 });
		expect(started(seen(decided, { merged: [15] }).orders)).toEqual([11]);
	});

	it("goes on at once where a phase opened nothing", () => {
		const run = seen(waiting(), { merged: [12] }).run;
		expect(started(ends(run).orders)).toEqual([9]);
	});

	it("leaves the ground it built on when the design is made anew", () => {
		const built = seen(waiting(), { merged: [12] }).run;
		const anew = says(built, "/retry 4").run;
		expect(topOf(anew, [])).toEqual(anew.base);
		expect(topOf(says(built, "/retry 7").run, []).sha).toBe(HEAD);
	});
});

describe("a stacked run", () => {
	it("asks for no merge, and builds on one that comes all the same", () => {
		const run = says(runAfter(6), "/approve 3fa9c1d2").run;
		const step = ends(run, 12);
		expect(started(step.orders)).toEqual([8]);
		const merged = seen(step.run, { merged: [12], commits: { 12: "m12" } });
		expect(merged.orders).toEqual([]);
		expect(merged.run.merges).toEqual([{ ...opened(12), sha: "m12" }]);
		expect(topOf(merged.run, [])).toEqual({ sha: HEAD, branch: "main" });
	});
});
