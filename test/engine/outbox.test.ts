import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Database } from "../../src/engine/database.ts";
import { startOutbox } from "../../src/engine/outbox.ts";
import type { Pump } from "../../src/engine/pump.ts";
import { addOrders } from "../../src/engine/store/orders.ts";
import { insertRun } from "../../src/engine/store/runs.ts";
import type { Order } from "../../src/run/order.ts";
import { openFresh } from "../support/databases.ts";
import { PATIENT } from "../support/patient.ts";
import { runAfter } from "../support/runs.ts";
import { silent } from "../support/silent-logger.ts";

const START: Order = { do: "start-phase", phase: 7, attempt: 1 };
const STATUS: Order = { do: "show-status" };
const told = (phase: number): Order => ({
	...{ do: "tell-phase", phase, attempt: 1 },
	...{ seconds: 1, usd: 0 },
});

let db: Database;
const pumps: Pump[] = [];
const runId = "7/42/1";

function start(carryOut: (order: Order) => Promise<void>): Pump {
	const pump = startOutbox(db, silent, (_, order) => carryOut(order));
	pumps.push(pump);
	return pump;
}

const undone = async () =>
	(
		await db
			.selectFrom("orders")
			.select("id")
			.where("done_at", "is", null)
			.execute()
	).length;

beforeEach(async () => {
	db = await openFresh();
	await insertRun(db, runAfter(6));
	await addOrders(db, runId, [STATUS, START]);
});
afterEach(async () => {
	await Promise.all(pumps.splice(0).map((pump) => pump.stop()));
	await db.destroy();
});

describe("the outbox", () => {
	it("carries out each order once", async () => {
		const done: string[] = [];
		const pump = start(async (order) => {
			done.push(order.do);
		});
		await vi.waitUntil(async () => (await undone()) === 0, PATIENT);
		pump.wake();
		await pump.stop();
		expect(done.sort()).toEqual(["show-status", "start-phase"]);
	});

	it("starts a phase while people are still being told", async () => {
		const started = Promise.withResolvers<void>();
		const pump = startOutbox(db, silent, (_, order) => {
			if (order.do !== "start-phase") return new Promise(() => {});
			started.resolve();
			return Promise.resolve();
		});
		await started.promise;
		void pump.stop();
	});

	it("says a run's words in their order, also when the first had to wait", async () => {
		await addOrders(db, runId, [told(1), told(2), told(3)]);
		const said: number[] = [];
		let outage = true;
		const pump = start(async (order) => {
			if (order.do !== "tell-phase") return;
			if (order.phase === 1 && outage) throw new Error("no route");
			said.push(order.phase);
		});
		await vi.waitUntil(async () => (await undone()) === 3, PATIENT);
		outage = false;
		await vi.waitUntil(
			async () => {
				pump.wake();
				return (await undone()) === 0;
			},
			{ timeout: 5_000 },
		);
		expect(said).toEqual([1, 2, 3]);
	});

	it("lets later words pass what fails again and again", async () => {
		await db.updateTable("orders").set({ tries: 10 }).execute();
		await addOrders(db, runId, [told(1)]);
		const said = Promise.withResolvers<void>();
		start(async (order) => {
			if (order.do === "show-status") throw new Error("no route");
			if (order.do === "tell-phase") said.resolve();
		});
		await said.promise;
	});

	it("shows a status once where several were ordered", async () => {
		await addOrders(db, runId, [told(1), STATUS, told(2), STATUS]);
		const done: string[] = [];
		start(async (order) => {
			if (order.do !== "start-phase") done.push(order.do);
		});
		await vi.waitUntil(async () => (await undone()) === 0, PATIENT);
		expect(done).toEqual(["tell-phase", "tell-phase", "show-status"]);
	});

	it("says nothing of a phase's end before the phase is stopped", async () => {
		await addOrders(db, runId, [
			{ do: "stop-phase", phase: 7, attempt: 1 },
			told(7),
		]);
		const done: string[] = [];
		const stopped = Promise.withResolvers<void>();
		start(async (order) => {
			if (order.do === "stop-phase") await stopped.promise;
			done.push(order.do);
		});
		await vi.waitUntil(async () => (await undone()) === 2, PATIENT);
		stopped.resolve();
		await vi.waitUntil(async () => (await undone()) === 0, PATIENT);
		expect(done.slice(-2)).toEqual(["stop-phase", "tell-phase"]);
	});

	it("starts no phase before the one that was to be stopped is", async () => {
		const stop: Order = { do: "stop-phase", phase: 7, attempt: 1 };
		await addOrders(db, runId, [stop, { ...START, attempt: 2 }]);
		const done: string[] = [];
		let outage = true;
		const pump = start(async (order) => {
			if (order.do === "stop-phase" && outage) throw new Error("no route");
			if (order.do !== "show-status")
				done.push(`${order.do} ${"attempt" in order && order.attempt}`);
		});
		await vi.waitUntil(async () => (await undone()) === 2, { timeout: 5_000 });
		for (let look = 0; look < 3; look++) {
			pump.wake();
			await sleep(50);
		}
		expect(done).toEqual(["start-phase 1"]);
		outage = false;
		await vi.waitUntil(
			async () => {
				pump.wake();
				return (await undone()) === 0;
			},
			{ timeout: 5_000 },
		);
		expect(done.slice(1)).toEqual(["stop-phase 1", "start-phase 2"]);
	});

	it("repeats what a process left undone when it died", async () => {
		const begun: string[] = [];
		const died = startOutbox(db, silent, (_, order) => {
			begun.push(order.do);
			return new Promise(() => {});
		});
		await vi.waitUntil(() => begun.length === 2, PATIENT);
		void died.stop();
		const done: string[] = [];
		start(async (order) => {
			done.push(order.do);
		});
		await vi.waitUntil(async () => (await undone()) === 0, PATIENT);
		expect(done.sort()).toEqual(["show-status", "start-phase"]);
	});

	it("tries again what failed for a passing reason, and lets the rest go on", async () => {
		let outage = true;
		const pump = start(async (order) => {
			if (order.do === "show-status" && outage) throw new Error("no route");
		});
		await vi.waitUntil(async () => (await undone()) === 1, PATIENT);
		outage = false;
		await vi.waitUntil(
			async () => {
				pump.wake();
				return (await undone()) === 0;
			},
			{ timeout: 5_000 },
		);
	});

	it("gives up what GitHub refuses for good, and notes why", async () => {
		start(async () => {
			throw Object.assign(new Error("Validation Failed"), { status: 422 });
		});
		await vi.waitUntil(async () => (await undone()) === 0, PATIENT);
		const rows = await db.selectFrom("orders").select("error").execute();
		expect(rows[0]?.error).toContain("Validation Failed");
	});

	it("does not let a run that hangs hold up another", async () => {
		await insertRun(db, {
			...runAfter(6),
			id: "7/43/1",
			issue: { number: 43, title: "", body: "", author: "alice" },
		});
		await addOrders(db, "7/43/1", [STATUS]);
		const other = Promise.withResolvers<void>();
		const pump = startOutbox(db, silent, (id) => {
			if (id === runId) return new Promise(() => {});
			other.resolve();
			return Promise.resolve();
		});
		await other.promise;
		void pump.stop();
	});
});
