import { describe, expect, it } from "vitest";
import { advance } from "../../src/run/advance.ts";
import {
	findExceeded,
	limitsOf,
	raise,
	warningsOf,
} from "../../src/run/budget.ts";
import { Config } from "../../src/run/config.ts";
import type { Failure, Run } from "../../src/run/run.ts";
import { AT, begun, given, runAfter } from "../support/runs.ts";

const spentUp = (run: Run, failure: Partial<Failure> = {}) =>
	advance(run, {
		...{ type: "phase-failed", phase: run.phase, attempt: run.attempt },
		failure: { kind: "budget", message: "Spent.", ...failure },
		at: AT,
	}).run;

const ofAgent = {
	exceeded: {
		...({ limit: "agent", limitUsd: 2 } as const),
		...{ spentUsd: 1.9, nextUsd: 0.4 },
	},
};

describe("a budget", () => {
	it("is one of the run alone when it is a number", () => {
		const run = begun(Config.parse({ budget: 3 })).run;
		expect(limitsOf(run)).toEqual({ run: 3 });
	});

	it("limits phases and agents too when it is a map", () => {
		const run = begun(Config.parse({ budget: { phase: 5, agent: 1 } })).run;
		expect(limitsOf(run)).toEqual({ run: 25, phase: 5, agent: 1 });
	});

	it("names the outermost limit that the next request could break", () => {
		const limits = { run: 10, phase: 4, agent: 2 };
		const exceeded = (run: number, phase: number, agent: number) =>
			findExceeded(limits, { run, phase, agent }, 1)?.limit;
		expect(exceeded(9, 3, 1)).toBeUndefined();
		expect(exceeded(9, 3, 1.5)).toBe("agent");
		expect(exceeded(9, 3.5, 1.5)).toBe("phase");
		expect(exceeded(9.5, 3.5, 1.5)).toBe("run");
	});

	it("proposes a figure that lets the refused request through", () => {
		const tiny = { limit: "run", limitUsd: 0.01, spentUsd: 0, nextUsd: 3.7 };
		expect(raise(tiny as typeof tiny & { limit: "run" })).toBe("/budget 6");
		expect(raise(ofAgent.exceeded)).toBe("/budget agent 4");
	});

	it("warns from 80 % of each limit on", () => {
		const limits = { run: 10, phase: 4, agent: 1 };
		const spent = { run: 8, phase: 3.1, agents: { a: 0.79, b: 0.95 } };
		expect(warningsOf(limits, spent)).toEqual([
			{ limit: "run", limitUsd: 10, spentUsd: 8 },
			{ limit: "agent", limitUsd: 1, spentUsd: 0.95, agent: "b" },
		]);
	});
});

describe("/budget", () => {
	it("raises the limit that stopped a phase, and lets it go on with what was answered", () => {
		const run = spentUp(runAfter(3), ofAgent);
		expect(run.gate?.command).toBe("/budget agent 4");
		const { run: next, orders } = advance(run, given(run, "/budget agent 4"));
		expect(limitsOf(next)).toEqual({ run: 25, agent: 4 });
		expect(next).toMatchObject({ state: "working", answersSince: 1 });
		expect(orders).toContainEqual(
			expect.objectContaining({ do: "start-phase", phase: 4, attempt: 2 }),
		);
	});

	it("of another limit than the one that stopped it says which that is", () => {
		const run = spentUp(runAfter(3), ofAgent);
		const { run: next, orders } = advance(run, given(run, "/budget 80"));
		expect(next).toMatchObject({ state: "waiting", budgetUsd: 80 });
		expect(orders.find((order) => order.do === "answer")).toMatchObject({
			reply: expect.stringContaining("`/budget agent 4`"),
		});
	});

	it.each(["", "much", "phase", "0", "-3", "10001", "agents 3", "NaN"])(
		"%j is refused",
		(args) => {
			const { run } = begun();
			const step = advance(run, given(run, `/budget ${args}`));
			expect(step.run).toBe(run);
		},
	);
});

describe("answered turns", () => {
	const retried = (run: Run, body = "/retry") =>
		advance(run, given(run, body)).run;

	it("count on over several failures, and no longer once the phase is run anew", () => {
		const twice = spentUp(
			retried(spentUp(runAfter(3), { kind: "overloaded" })),
		);
		expect(retried(twice, "/budget 60").answersSince).toBe(1);
		expect(retried(twice, "/retry 4").answersSince).toBeUndefined();
	});

	it("that led to the same fault again are asked for anew", () => {
		const fault = { kind: "internal" } as const;
		const once = spentUp(runAfter(3), fault);
		expect(once.gate?.command).toBe("/retry");
		expect(spentUp(retried(once), fault).gate?.command).toBe("/retry 4");
	});
});
