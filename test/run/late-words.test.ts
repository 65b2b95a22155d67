// Words that come late, or at another gate than they were meant for.
import { describe, expect, it } from "vitest";
import { advance } from "../../src/run/advance.ts";
import type { GateRequest } from "../../src/run/gate.ts";
import type { Order } from "../../src/run/order.ts";
import type { Run } from "../../src/run/run.ts";
import { AT, done, given, runAfter, today } from "../support/runs.ts";

const replyTo = (orders: readonly Order[]) =>
	orders.flatMap((order) => (order.do === "answer" ? [order] : []))[0];
const asking = (phase: number, gate: Partial<GateRequest>) => {
	const run = runAfter(phase - 1);
	const request = { command: "/approve", question: "?", ...gate };
	return advance(run, done(run, request as GateRequest)).run;
};

describe("a digest", () => {
	it.each(["requirements", "risks", "stack"] as const)(
		"that was meant for a design does not answer the gate %s",
		(name) => {
			const run = asking(name === "stack" ? 8 : 1, { name });
			const step = advance(run, given(run, "/approve deadbeef"));
			expect(step.run).toBe(run);
			expect(replyTo(step.orders)?.reaction).toBe("confused");
			expect(advance(run, given(run, "/approve")).run).not.toBe(run);
		},
	);
});

describe("an answer by somebody who may not decide", () => {
	it("does not slip words past a design that is shown already", () => {
		const run = runAfter(6);
		const step = advance(
			run,
			given(run, "/answer Also upload the table", { role: "triage" }),
		);
		expect(step.run).toBe(run);
		expect(replyTo(step.orders)?.reply).toContain("needs write access");
	});
});

describe("going back to the design", () => {
	it("takes in the issue as it is now", () => {
		const run = runAfter(8);
		const issue = { title: run.issue.title, body: "Predict next quarter." };
		const now = today(run, { issue });
		const step = advance(run, given(run, "/retry 4", { facts: { now } }));
		expect(step.run.issue.body).toBe("Predict next quarter.");
		expect(step.run.phase).toBe(4);
	});
});

describe("a paused run", () => {
	const broke = (run: Run) =>
		advance(run, {
			type: "phase-failed",
			...{ phase: run.phase, attempt: run.attempt, at: AT },
			failure: { kind: "budget", message: "Spent." },
		}).run;

	it("gets more money without going on", () => {
		const waiting = broke(runAfter(2));
		const paused = advance(waiting, given(waiting, "/pause")).run;
		const { run, orders } = advance(paused, given(paused, "/budget 80"));
		expect(run).toMatchObject({ state: "paused", budgetUsd: 80 });
		expect(orders.map((order) => order.do)).not.toContain("start-phase");
	});

	it("stays so when phase 7 finds a configuration that cannot be read", () => {
		const ready = runAfter(6);
		const approved = advance(ready, given(ready, "/approve 3fa9c1d2")).run;
		const paused = { ...approved, state: "paused", pausedBy: "label" } as const;
		const config = { ok: false, faults: ["line 2: budget"] } as const;
		const { run } = advance(paused, {
			type: "design-outdated",
			attempt: paused.attempt,
			now: today(paused, { config }),
			at: AT,
		});
		expect(run).toMatchObject({
			state: "paused",
			pausedBy: "label",
			gate: { name: "trouble" },
		});
	});
});
