import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/engine/database.ts";
import { insertRun } from "../../src/engine/store/runs.ts";
import { makeLedger, spentUsd } from "../../src/engine/store/turns.ts";
import type { Usage } from "../../src/model/pricing.ts";
import { openFresh } from "../support/databases.ts";
import { begun } from "../support/runs.ts";

const RUN = "7/42/1";
const usage = {} as Usage;
let db: Database;

const turn = (conversation: string, number: number, reservedUsd: number) => ({
	...{ conversation, turn: number, model: "m", reservedUsd },
	agent: "ml-explorer/any",
});

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
		expect(await spentUsd(db, RUN)).toBe(4);
		if (!reserved.ok) throw new Error("refused");
		await ledger.settle(reserved.id, { usage, usd: 1 });
		expect(await spentUsd(db, RUN)).toBe(1);
	});

	it("adds up a request that broke and its repetition, without calling it repeated", async () => {
		const ledger = makeLedger(db, RUN, "one");
		for (const usd of [1, 2]) {
			const reserved = await ledger.reserve(turn("a", 2, 4));
			if (!reserved.ok) throw new Error("refused");
			await ledger.settle(reserved.id, { usage, usd });
		}
		expect(await spentUsd(db, RUN)).toBe(4);
		expect(await repeated()).toEqual([]);
	});

	it("keeps the promise of a process that died, and counts the turn as repeated", async () => {
		await makeLedger(db, RUN, "one").reserve(turn("b", 1, 5));
		await makeLedger(db, RUN, "two").reserve(turn("b", 1, 5));
		expect(await spentUsd(db, RUN, "b")).toBe(10);
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
