import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/engine/database.ts";
import {
	costOfPhase,
	footing,
	moneyInFull,
	moneyNow,
} from "../../src/engine/money.ts";
import { insertRun } from "../../src/engine/store/runs.ts";
import { spendingOf } from "../../src/engine/store/spending.ts";
import { makeLedger } from "../../src/engine/store/turns.ts";
import type { Usage } from "../../src/model/pricing.ts";
import type { Run } from "../../src/run/run.ts";
import { sumUp } from "../../src/run/spending.ts";
import { openFresh } from "../support/databases.ts";
import { begun, runAfter } from "../support/runs.ts";

const RUN = "7/42/1";
const usage = {} as Usage;
let db: Database;

const turn = (conversation: string, number: number, reservedUsd: number) => ({
	...{ conversation, turn: number, model: "m", reservedUsd },
	agent: "ml-explorer/any",
});

/** Of a run, or of one conversation. */
async function spentUsd(conversation?: string) {
	const spending = await spendingOf(db, RUN);
	return sumUp(
		spending.filter(({ agent }) => agent === (conversation ?? agent)),
	).usd;
}

const repeated = () =>
	db
		.selectFrom("turns")
		.select(["conversation", "turn", "asked", "repeated"])
		.where("repeated", ">", 0)
		.execute();

beforeAll(async () => {
	db = await openFresh();
	await insertRun(db, begun().run);
});
afterAll(() => db.destroy());

describe("the ledger of a run with a budget of $25", () => {
	it("counts a promise until it knows what was spent", async () => {
		const ledger = makeLedger(db, RUN, "one");
		const reserved = await ledger.reserve(turn("a", 1, 4));
		expect(await spentUsd()).toBe(4);
		if (!reserved.ok) throw new Error("refused");
		await ledger.settle(reserved.id, { usage, usd: 1 });
		expect(await spentUsd()).toBe(1);
	});

	it("adds up a request that broke and its repetition, without calling it repeated", async () => {
		const ledger = makeLedger(db, RUN, "one");
		for (const usd of [1, 2]) {
			const reserved = await ledger.reserve(turn("a", 2, 4));
			if (!reserved.ok) throw new Error("refused");
			await ledger.settle(reserved.id, { usage, usd });
		}
		expect(await spentUsd()).toBe(4);
		expect(await repeated()).toEqual([]);
	});

	it("keeps the promise of a process that died, and counts the turn as repeated", async () => {
		await makeLedger(db, RUN, "one").reserve(turn("b", 1, 5));
		await makeLedger(db, RUN, "two").reserve(turn("b", 1, 5));
		expect(await spentUsd("b")).toBe(10);
		expect(await repeated()).toEqual([
			{ conversation: "b", turn: 1, asked: 2, repeated: 1 },
		]);
	});

	it("does not let agents side by side overshoot the budget together", async () => {
		const ledger = makeLedger(db, RUN, "one");
		const answers = await Promise.all(
			[1, 2, 3].map((n) => ledger.reserve(turn(`side ${n}`, 1, 5))),
		);
		expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
		expect(answers.find(({ ok }) => !ok)).toMatchObject({
			failure: { kind: "budget", message: expect.stringMatching(/\$25\.00/) },
		});
	});
});

describe("a run whose phases and agents have limits of their own", () => {
	const OTHER = "7/43/1";
	const at = (phase: number, attempt: number, agent: string, usd: number) => ({
		...turn(`run/${OTHER}/phase/${phase}/${attempt}/agent/${agent}`, 1, usd),
	});

	beforeAll(async () => {
		const { run } = begun();
		await insertRun(db, {
			...{ ...run, id: OTHER, issue: { ...run.issue, number: 43 } },
			...{ budgetUsd: 10, shares: { phase: 4, agent: 2 } },
		});
	});

	it("refuses what would break an agent's, in whatever attempt or further conversation", async () => {
		const ledger = makeLedger(db, OTHER, "one");
		expect(await ledger.reserve(at(2, 1, "loader", 1.5))).toMatchObject({
			ok: true,
		});
		expect(await ledger.reserve(at(2, 2, "loader+2", 1))).toMatchObject({
			failure: {
				message:
					"The agent loader of phase 2 has spent $1.50 of an agent's $2.00, and the next request could cost up to $1.00.",
				exceeded: { limit: "agent", limitUsd: 2, spentUsd: 1.5, nextUsd: 1 },
			},
		});
	});

	it("refuses what would break a phase's, and lets another phase go on", async () => {
		const ledger = makeLedger(db, OTHER, "one");
		await ledger.reserve(at(2, 1, "schema", 1.5));
		expect(await ledger.reserve(at(2, 1, "features", 1.5))).toMatchObject({
			failure: { exceeded: { limit: "phase", spentUsd: 3 } },
		});
		expect(await ledger.reserve(at(3, 1, "risks", 1.5))).toMatchObject({
			ok: true,
		});
	});
});

describe("what people are told of the money", () => {
	const told: Run = { ...runAfter(1), id: "7/44/1", budgetUsd: 5 };
	const key = (phase: number) => ({ runId: told.id, phase, attempt: 1 });
	const usd = (warnings: readonly { spentUsd: number }[]) =>
		warnings.map(({ spentUsd }) => spentUsd);

	async function pay(phase: number, agent: string, cost: number) {
		const ledger = makeLedger(db, told.id, "one");
		const conversation = `run/${told.id}/phase/${phase}/1/agent/${agent}`;
		const reserved = await ledger.reserve(turn(conversation, 1, cost));
		if (!reserved.ok) throw new Error(reserved.failure.message);
		const usage = {
			...{ inputTokens: 100, cacheWrite5mTokens: 0, cacheWrite1hTokens: 200 },
			...{ cacheReadTokens: 700, outputTokens: 50 },
		};
		await ledger.settle(reserved.id, { usage, usd: cost });
	}

	beforeAll(async () => {
		const issue = { ...told.issue, number: 44 };
		await insertRun(db, { ...told, issue });
		await pay(1, "goal", 1);
		await pay(2, "schema", 2);
		await pay(2, "loader", 1.25);
	});

	it("is, for each agent, its requests, tokens and costs", async () => {
		const { spending } = await moneyInFull(db, told);
		expect(spending.map(({ agent }) => agent)).toEqual([
			...["goal", "schema", "loader"],
		]);
		expect(spending[1]).toMatchObject({
			...{ phase: 2, attempt: 1, role: "ml-explorer", requests: 1, turns: 1 },
			...{ promptTokens: 1_000, cachedTokens: 700, outputTokens: 50, usd: 2 },
		});
	});

	it("is what a phase cost, with the attempts whose answers it took over", async () => {
		const second = { ...key(2), attempt: 2 };
		expect(await costOfPhase(db, told, second)).toBe(0);
		const continued = { ...told, answersSince: 1 };
		expect(await costOfPhase(db, continued, second)).toBe(3.25);
	});

	it("is a warning in the status for as long as it holds", async () => {
		const now = async (run: Run) => usd((await moneyNow(db, run)).warnings);
		expect(await now(told)).toEqual([4.25]);
		expect(await now({ ...told, budgetUsd: 40 })).toEqual([]);
	});

	it("is the same warning in one comment only, also when that is written again", async () => {
		const { tally, warnings } = await footing(db, told, key(2));
		expect(tally).toMatchObject({ turns: 2, usd: 3.25 });
		expect(usd(warnings)).toEqual([4.25]);
		expect(usd((await footing(db, told, key(2))).warnings)).toEqual([4.25]);
		expect(usd((await footing(db, told, key(3))).warnings)).toEqual([]);
	});

	it("is a warning once more when a limit that was set anew runs out", async () => {
		const raised = { ...told, budgetUsd: 5.25 };
		expect(usd((await footing(db, raised, key(3))).warnings)).toEqual([4.25]);
	});

	it("is a forecast by what earlier runs of the repository came to", async () => {
		const before = runAfter(12);
		const issue = { ...before.issue, number: 45 };
		await insertRun(db, { ...before, id: "7/45/1", issue });
		expect((await moneyInFull(db, told)).forecast).toMatchObject({
			next: 7,
			usdHigh: expect.closeTo(0.6),
			basis: { from: "earlier runs", runs: 1 },
		});
	});
});
