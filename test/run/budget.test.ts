import { describe, expect, it } from "vitest";
import { advance } from "../../src/run/advance.ts";
import {
	findExceeded,
	limitsOf,
	raise,
	warningsOf,
} from "../../src/run/budget.ts";
import { Config } from "../../src/run/config.ts";
import { forecastCost } from "../../src/run/forecast.ts";
import type { Failure, Run } from "../../src/run/run.ts";
import { AT, begun, given, runAfter } from "../support/runs.ts";
import { agent } from "../support/spending.ts";

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

describe("a forecast", () => {
	it("is none where nobody has worked and no run came before", () => {
		expect(forecastCost([])).toBeUndefined();
		expect(forecastCost([agent(1, { turns: 0 })])).toBeUndefined();
	});

	it("takes a role for what it cost so far, and another for what anybody did", () => {
		const so = [
			agent(1, { role: "ml-explorer", usd: 0.1 }),
			agent(5, { role: "data-scientist", usd: 0.3 }),
		];
		// Phase 11 alone: one data scientist, and a writer up to three times.
		const forecast = forecastCost(so, [], 11);
		expect(forecast?.usdLow).toBeCloseTo(0.3);
		expect(forecast?.usdHigh).toBeCloseTo(0.3 + 3 * 0.3);
		expect(forecast?.basis).toEqual({ from: "this run", agents: 2, usd: 0.2 });
	});

	it("shrinks as the run goes on, and ends with its last phase", () => {
		const so = [agent(1, { usd: 0.1 })];
		const from = (phase: number) => forecastCost(so, [], phase)?.usdHigh ?? -1;
		expect(from(2)).toBe(from(7));
		expect(from(7)).toBeGreaterThan(from(8));
		expect(from(12)).toBe(0);
		expect(from(13)).toBe(-1);
	});

	it("goes by earlier runs of the repository where there are any", () => {
		expect(forecastCost([agent(1, {})], [3, 1, 8, 2])).toEqual({
			...{ usdLow: 1, usdHigh: 8 },
			basis: { from: "earlier runs", runs: 4, usd: 2.5 },
		});
	});
});
