import { describe, expect, it } from "vitest";
import {
	advance,
	type PhaseDone,
	type ReviewGiven,
} from "../../src/run/advance.ts";
import type { Order } from "../../src/run/order.ts";
import type { Run } from "../../src/run/run.ts";
import { AT, done, given, runAfter } from "../support/runs.ts";

const PULL = 12;
const opens = (run: Run, number: number) =>
	advance(run, {
		...(done(run) as PhaseDone),
		pull: { number, branch: `b${number}` },
	}).run;

/** Phase 7 opened #12 and phase 8 is at work. */
const working = () =>
	opens(advance(runAfter(6), given(runAfter(6), "/approve 3fa9c1d2")).run, 12);

const delivered = () => {
	let run = working();
	while (run.state === "working") run = advance(run, done(run)).run;
	return run;
};

const review = (run: Run, more: Partial<ReviewGiven> = {}) =>
	advance(run, {
		...{ type: "review-given", id: "review-1", pull: PULL, by: "carol" },
		...{ role: "write", at: AT },
		...more,
	});
const taken = (orders: readonly Order[]) =>
	orders.flatMap((order) =>
		order.do === "answer-review" ? [order.review] : [],
	);
const replies = (orders: readonly Order[]) =>
	orders.flatMap((order) =>
		order.do === "reply-on-pull" ? [order.reply] : [],
	);
const answered = (run: Run, more: { head?: string } = { head: "c1" }) =>
	advance(run, {
		...{ type: "review-answered", phase: 7, seconds: 2, usd: 0.5, at: AT },
		attempt: run.attempts[7] ?? 0,
		...more,
	});

describe("a review on a pull request of a delivered run", () => {
	it("is taken up as one more attempt of the phase that opened it", () => {
		const { run, orders } = review(delivered());
		expect(orders).toEqual([
			{ do: "answer-review", review: "review-1", phase: 7, attempt: 2 },
		]);
		expect(run.state).toBe("delivered");
	});

	it("counts once, also when it is answered", () => {
		const { run } = review(delivered());
		expect(taken(review(run).orders)).toEqual([]);
		expect(taken(review(answered(run).run).orders)).toEqual([]);
	});

	it("leaves the report that holds to the attempt that made a commit, and its cost with it", () => {
		const before = delivered();
		const { run } = answered(review(before).run);
		const phase = (of: Run) => of.done.find((one) => one.phase === 7);
		expect(phase(run)).toMatchObject({ attempt: 1, revised: 2, usd: 0.6 });
		const unchanged = answered(review(before).run, {});
		expect(phase(unchanged.run)).toEqual(phase(before));
		expect(unchanged.orders).toEqual([{ do: "show-status" }]);
	});

	it("that is changed has the rest of the stack follow", () => {
		const { orders } = answered(review(delivered()).run);
		expect(orders.map((order) => order.do)).toContain("follow-stack");
	});

	it("waits while another one is answered", () => {
		const first = review(delivered()).run;
		const second = review(first, { id: "review-2" });
		expect(taken(second.orders)).toEqual([]);
		expect(taken(answered(second.run).orders)).toEqual(["review-2"]);
	});

	it("that fails is told, with what to do, and lets the next one in", () => {
		const both = review(review(delivered()).run, { id: "review-2" }).run;
		const { orders } = advance(both, {
			...{ type: "phase-failed", phase: 7, attempt: 2, at: AT },
			failure: { kind: "budget", message: "This run has spent all." },
		});
		expect(replies(orders)[0]).toContain("This run has spent all.");
		expect(replies(orders)[0]).toContain("`/budget <usd>` on #42");
		expect(taken(orders)).toEqual(["review-2"]);
	});
});

describe("a review while a phase is at work", () => {
	it("waits for its turn, until the run rests", () => {
		const { run, orders } = review(working());
		expect(orders).toEqual([]);
		let now = run;
		let last: readonly Order[] = [];
		while (now.state === "working")
			({ run: now, orders: last } = advance(now, done(now)));
		expect(taken(last)).toEqual(["review-1"]);
	});

	it("is answered in a word when the phase is made anew instead", () => {
		const { run } = review(working());
		const { orders } = advance(run, given(run, "/retry 7"));
		expect(replies(orders)[0]).toContain("being made anew");
	});
});

describe("whoever may not write", () => {
	it("is not obeyed, and told so only where a command was given", () => {
		const run = delivered();
		expect(review(run, { role: "triage" })).toEqual({ run, orders: [] });
		const { orders } = review(run, { role: "read", id: "comment-3" });
		expect(replies(orders)).toEqual([
			"`carol` has read access; /revise needs write.",
		]);
	});
});

describe("a review that comes too late", () => {
	it.each([
		["the run has ended", "is closed"],
		["the pull request is merged", "is merged"],
	])("is answered once when %s", (what, reply) => {
		const over =
			what === "the run has ended"
				? advance(delivered(), { type: "issue-closed", by: "alice", at: AT })
						.run
				: { ...delivered(), merges: [{ number: PULL, branch: "b12" }] };
		const { run, orders } = review(over);
		expect(replies(orders)).toHaveLength(1);
		expect(replies(orders)[0]).toContain(reply);
		expect(review(run).orders).toEqual([]);
	});

	it("means nothing on a pull request that is none of the run's", () => {
		const run = delivered();
		expect(review(run, { pull: 99 })).toEqual({ run, orders: [] });
	});
});
