// Events on a stored run, with the real policy and a real database.
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { apply, beginRun } from "../../src/engine/apply.ts";
import type { Database } from "../../src/engine/database.ts";
import { makeIntake } from "../../src/engine/intake.ts";
import { dueDeliveries } from "../../src/engine/store/deliveries.ts";
import { dueOrders } from "../../src/engine/store/orders.ts";
import { insertRun, readRun } from "../../src/engine/store/runs.ts";
import type { Event } from "../../src/run/advance.ts";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import type { Run } from "../../src/run/run.ts";
import { openFresh } from "../support/databases.ts";
import { commented, labeled } from "../support/payloads.ts";
import { AT, given, runAfter } from "../support/runs.ts";

let db: Database;
let run: Run;
const parts = () => ({ db, wakeOutbox() {} });
const orders = async () =>
	(await dueOrders(db, [], 100)).map(({ what }) => what.do);

async function deliver(id: string, event: string, payload: object) {
	await makeIntake(db, () => {}).record({ id, event, payload });
	const [delivery] = (await dueDeliveries(db, [], 100)).slice(-1);
	return delivery?.seq ?? 0;
}

beforeAll(async () => {
	db = await openFresh();
});
beforeEach(async () => {
	await sql`truncate runs, deliveries cascade`.execute(db);
	run = runAfter(6);
	await insertRun(db, run);
});
afterAll(() => db.destroy());

describe("an event", () => {
	it("changes the run and orders what follows, together", async () => {
		await apply(parts(), run.id, given(run, "/approve 3fa9c1d2"));
		expect(await readRun(db, run.id)).toMatchObject({
			state: "working",
			phase: 7,
			approval: { by: "alice" },
		});
		expect(await orders()).toEqual(["answer", "start-phase"]);
	});

	it("changes nothing the second time: approved is approved", async () => {
		await apply(parts(), run.id, given(run, "/approve 3fa9c1d2"));
		const before = await readRun(db, run.id);
		await apply(parts(), run.id, given(run, "/approve 3fa9c1d2"));
		expect(await readRun(db, run.id)).toEqual(before);
		expect(await orders()).toEqual(["answer", "start-phase", "answer"]);
	});

	it("counts once when its delivery is dealt with twice", async () => {
		const delivery = await deliver(
			"a",
			"issue_comment",
			commented("/revise x"),
		);
		const event: Event = given(run, "/revise simpler");
		await apply(parts(), run.id, event, delivery);
		await apply(parts(), run.id, event, delivery);
		expect((await readRun(db, run.id))?.notes).toHaveLength(1);
		expect(await orders()).toEqual(["answer", "start-phase"]);
	});

	it("counts once when two processes bring it at the same moment", async () => {
		const delivery = await deliver(
			"a",
			"issue_comment",
			commented("/revise x"),
		);
		const event = given(run, "/revise simpler");
		await Promise.all(
			[1, 2, 3].map(() => apply(parts(), run.id, event, delivery)),
		);
		expect((await readRun(db, run.id))?.attempts[4]).toBe(2);
	});

	it("leaves the run as it was when its orders cannot be written", async () => {
		await sql`alter table orders rename to lost`.execute(db);
		const approval = given(run, "/approve 3fa9c1d2");
		await expect(apply(parts(), run.id, approval)).rejects.toThrow("orders");
		await sql`alter table lost rename to orders`.execute(db);
		expect(await readRun(db, run.id)).toEqual(run);
	});
});

describe("a task", () => {
	it("gets one live run, whoever labels it how often", async () => {
		const { repository, issue, base } = run;
		for (const number of [2, 3]) {
			const delivery = await deliver(`l${number}`, "issues", {
				...labeled(),
				number,
			});
			await beginRun(
				parts(),
				{
					...{ repository, issue, base, config: DEFAULT_CONFIG, at: AT },
					id: `7/42/${number}`,
					requestedBy: "bob",
				},
				delivery,
			);
		}
		const runs = await db.selectFrom("runs").select("id").execute();
		expect(runs).toEqual([{ id: "7/42/1" }]);
		expect(await orders()).toEqual([]);
	});
});
