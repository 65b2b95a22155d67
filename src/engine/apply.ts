// The one place where a run changes: lock its row, ask `advance`, write what it
// says and what it orders, all in one transaction. So an event counts whole or not at all.
import { advance, type Event } from "../run/advance.ts";
import { type Beginning, begin } from "../run/begin.ts";
import type { Database } from "./database.ts";
import { settleDelivery } from "./store/deliveries.ts";
import { addOrders } from "./store/orders.ts";
import { insertRun, lockRun, writeRun } from "./store/runs.ts";

export interface Ledgers {
	readonly db: Database;
	/** There are new orders to carry out. */
	readonly wakeOutbox: () => void;
}

/**
 * Applies an event to a run. When a delivery brought it, the delivery is settled
 * in the same transaction: brought twice, it still counts once.
 */
export async function apply(
	{ db, wakeOutbox }: Ledgers,
	runId: string,
	event: Event,
	delivery?: number,
): Promise<void> {
	await db.transaction().execute(async (tx) => {
		if (delivery !== undefined && !(await settleDelivery(tx, delivery, "done")))
			return;
		const run = await lockRun(tx, runId);
		const step = advance(run, event);
		if (step.run !== run) await writeRun(tx, step.run);
		await addOrders(tx, runId, step.orders);
	});
	wakeOutbox();
}

/** Begins a run, unless the task got a live one in the meantime. */
export async function beginRun(
	{ db, wakeOutbox }: Ledgers,
	beginning: Beginning,
	delivery: number,
): Promise<void> {
	await db.transaction().execute(async (tx) => {
		if (!(await settleDelivery(tx, delivery, "done"))) return;
		const { run, orders } = begin(beginning);
		if (await insertRun(tx, run)) await addOrders(tx, run.id, orders);
	});
	wakeOutbox();
}
