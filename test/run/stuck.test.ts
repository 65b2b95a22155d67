// A stack of which something was closed, or conflicts: the next phase builds on it
// only when that is settled, or when somebody says so.
import { describe, expect, it } from "vitest";
import { advance, type Event, type PullsSeen } from "../../src/run/advance.ts";
import type { Order } from "../../src/run/order.ts";
import type { Run } from "../../src/run/run.ts";
import { AT, done, given, runAfter } from "../support/runs.ts";

const ends = (run: Run, number: number) =>
	advance(run, {
		...done(run),
		pull: { number, branch: `b${number}` },
	} as Event);
const seen = (run: Run, more: Partial<PullsSeen>) =>
	advance(run, {
		...{ type: "pulls-seen", merged: [], closed: [], elsewhere: [] },
		...{ head: "c".repeat(40), at: AT, ...more },
	});
const followed = (run: Run, conflicts: number[], moved: number[] = []) =>
	advance(run, {
		...{ type: "stack-followed", conflicts, moved, at: AT },
		heads: { phase: run.phase, attempt: run.attempt, pulls: {} },
	});
const started = (orders: readonly Order[]) =>
	orders.flatMap((order) => (order.do === "start-phase" ? [order.phase] : []));
const did = (orders: readonly Order[]) => orders.map((order) => order.do);

/** Phase 8 is at work on pull request 12 of phase 7. */
const at8 = () =>
	ends(advance(runAfter(6), given(runAfter(6), "/approve 3fa9c1d2")).run, 12)
		.run;
/** 12 was closed meanwhile, and phase 8 opened 13. */
const stuck = () => ends(seen(at8(), { closed: [12] }).run, 13);

describe("a stack of which one was closed", () => {
	it("asks before the next phase, once the one at work has ended", () => {
		const { run, orders } = stuck();
		expect(run).toMatchObject({ state: "waiting", phase: 8 });
		expect(run.gate).toMatchObject({ name: "stack", command: "/approve" });
		expect(run.gate?.question).toMatch(/^#12 was closed without a merge/);
		expect(did(orders)).toContain("ask-merge");
		expect(started(orders)).toEqual([]);
	});

	it("goes on when it is opened again", () => {
		expect(started(seen(stuck().run, {}).orders)).toEqual([9]);
	});

	it("goes on at `/approve`, and does not ask for the same again", () => {
		const waiting = stuck().run;
		const on = advance(waiting, given(waiting, "/approve"));
		expect(started(on.orders)).toEqual([9]);
		const again = seen(on.run, { closed: [12] }).run;
		expect(started(ends(again, 14).orders)).toEqual([10]);
		const other = seen(on.run, { closed: [12, 13] }).run;
		expect(ends(other, 14).run.gate?.question).toMatch(/^#13 was closed/);
	});

	it("lets only people with write permission say so", () => {
		const waiting = stuck().run;
		const triage = given(waiting, "/approve", { role: "triage" });
		expect(advance(waiting, triage).run).toBe(waiting);
	});
});

describe("a stack that conflicts with what was merged", () => {
	it("waits with the next phase until people have resolved it", () => {
		const waiting = stuck().run;
		const merged = seen(waiting, { merged: [12] });
		expect(started(merged.orders)).toEqual([9]);
		const other = seen(waiting, { closed: [12], merged: [13] }).run;
		const conflict = followed(other, [12]).run;
		expect(conflict.gate?.question).toMatch(/#12 conflicts with/);
		const resolved = followed(seen(conflict, {}).run, []);
		expect(started(resolved.orders)).toEqual([9]);
	});
});

describe("a phase that failed", () => {
	it("has its branches looked at: the next try builds on what people pushed", () => {
		const run = ends(at8(), 13).run;
		const failed = advance(run, {
			...{ type: "phase-failed", phase: 9, attempt: 1, at: AT },
			failure: { kind: "publishing", message: "The branch moved." },
		});
		expect(did(failed.orders)).toContain("follow-stack");
		const pulls = { 13: { head: "theirs" } };
		const known = advance(failed.run, {
			...{ type: "stack-followed", conflicts: [], moved: [], at: AT },
			heads: { phase: 9, attempt: 1, pulls },
		}).run;
		expect(known.done.find(({ phase }) => phase === 8)?.pull).toMatchObject({
			head: "theirs",
		});
	});
});

describe("a verdict", () => {
	it("is shown anew where the top's head moved, and only there", () => {
		const run: Run = {
			...at8(),
			...{ state: "delivered", phase: 12, attempt: 1 },
			done: [7, 11, 12].map((phase) => ({
				...{ phase, attempt: 1, seconds: 1, usd: 0 },
				...(phase === 7 ? { pull: { number: 12, branch: "b12" } } : {}),
			})),
		};
		const heads = (head: string) => ({
			heads: { phase: 12, attempt: 1, pulls: { 12: { head } } },
		});
		const moved = seen(run, heads("x"));
		expect(did(moved.orders)).toEqual(["show-evaluation"]);
		expect(seen(moved.run, heads("x")).orders).toEqual([]);
		expect(did(seen(moved.run, heads("y")).orders)).toEqual([
			"show-evaluation",
		]);
		const late = {
			heads: { phase: 12, attempt: 2, pulls: { 12: { head: "z" } } },
		};
		expect(seen(moved.run, late).orders).toEqual([]);
	});
});
