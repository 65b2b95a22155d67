import { describe, expect, it } from "vitest";
import { failedApp } from "../../src/reports/ci.ts";
import { advance, type PhaseDone } from "../../src/run/advance.ts";
import type { Order } from "../../src/run/order.ts";
import type { Run } from "../../src/run/run.ts";
import { AT, done, given, runAfter } from "../support/runs.ts";

/** Phase 7 opened #12 and phase 8 is at work. */
const working = () => {
	const run = advance(runAfter(6), given(runAfter(6), "/approve 3fa9c1d2")).run;
	const pull = { number: 12, branch: "b12" };
	return advance(run, { ...(done(run) as PhaseDone), pull }).run;
};
const toRest = (run: Run) => {
	let step: { run: Run; orders: readonly Order[] } = { run, orders: [] };
	while (step.run.state === "working") step = advance(step.run, done(step.run));
	return step;
};
const delivered = () => toRest(working()).run;

const failed = (run: Run, head: string, pull = 12) =>
	advance(run, {
		...({ type: "ci-failed", app: "github-actions", at: AT } as const),
		...{ pull, head },
	});
const repaired = (run: Run, head?: string) =>
	advance(run, {
		...{ type: "review-answered", phase: 7, seconds: 2, usd: 0.5, at: AT },
		attempt: run.attempts[7] ?? 0,
		...(head ? { head } : {}),
	}).run;
const taken = (orders: readonly Order[]) =>
	orders.flatMap((order) =>
		order.do === "answer-review" ? [order.review] : [],
	);
const replies = (orders: readonly Order[]) =>
	orders.flatMap((order) =>
		order.do === "reply-on-pull" ? [order.reply] : [],
	);

describe("a failed CI", () => {
	it("is taken up once for each head", () => {
		const { run, orders } = failed(delivered(), "a1");
		expect(taken(orders)).toEqual(["ci-a1"]);
		const after = repaired(run);
		expect(failed(after, "a1")).toEqual({ run: after, orders: [] });
	});

	it("waits while a phase is at work", () => {
		const { run, orders } = failed(working(), "a1");
		expect(orders).toEqual([]);
		expect(taken(toRest(run).orders)).toEqual(["ci-a1"]);
	});

	it("is left to people after two repairs in a row, with a word", () => {
		const once = repaired(failed(delivered(), "a1").run, "a2");
		const twice = repaired(failed(once, "a2").run, "a3");
		const { run, orders } = failed(twice, "a3");
		expect(taken(orders)).toEqual([]);
		expect(replies(orders)[0]).toContain("after 2 repairs of mine");
		expect(failed(run, "a3").orders).toEqual([]);
	});

	it("is taken up again after people pushed a commit, and not after we moved the branch", () => {
		const once = repaired(failed(delivered(), "a1").run, "a2");
		const twice = repaired(failed(once, "a2").run, "a3");
		expect(taken(failed(twice, "c1").orders)).toEqual([]);
		const pushed = { type: "pull-pushed", pull: 12, at: AT } as const;
		const { run } = advance(twice, pushed);
		expect(taken(failed(run, "b1").orders)).toEqual(["ci-b1"]);
	});

	it("means nothing on others' pull requests and on merged ones", () => {
		const run = delivered();
		expect(failed(run, "a1", 99)).toEqual({ run, orders: [] });
		const merged = { ...run, merges: [{ number: 12, branch: "b12" }] };
		expect(failed(merged, "a1")).toEqual({ run: merged, orders: [] });
	});

	it("is dropped without a word where its time has passed before its turn", () => {
		const { run } = failed(working(), "a1");
		const { orders } = advance(run, given(run, "/retry 7"));
		expect(replies(orders)).toEqual([]);
	});
});

describe("checks of an app", () => {
	const check = (app: string, state: "running" | "passed" | "failed") => ({
		...{ id: 1, name: "c", app, state, conclusion: "" },
	});

	it("have failed when all of them have ended and one failed", () => {
		const [failed, running] = [check("a", "failed"), check("a", "running")];
		expect(failedApp([failed, check("a", "passed")])).toBe("a");
		expect(failedApp([failed, running])).toBeUndefined();
		expect(failedApp([failed, check("b", "running")])).toBe("a");
		expect(failedApp([check("a", "passed")])).toBeUndefined();
	});

	it("have failed an hour after one did, whatever waits for a person there", () => {
		const failed = { ...check("a", "failed"), endedAt: "2026-01-02T03:00:00Z" };
		const all = [failed, check("a", "running")];
		expect(
			failedApp(all, [], Date.parse("2026-01-02T03:59:00Z")),
		).toBeUndefined();
		expect(failedApp(all, [], Date.parse("2026-01-02T04:01:00Z"))).toBe("a");
	});

	it("have not failed by their own doing where the same one fails below, and wait for it", () => {
		const failed = [{ ...check("a", "failed"), name: "tests" }];
		const tests = (state: "running" | "passed" | "failed") => [
			{ ...check("a", state), name: "tests" },
			{ ...check("a", "failed"), name: "lint" },
		];
		expect(failedApp(failed, tests("failed"))).toBeUndefined();
		expect(failedApp(failed, tests("running"))).toBeUndefined();
		expect(failedApp(failed, tests("passed"))).toBe("a");
	});
});
