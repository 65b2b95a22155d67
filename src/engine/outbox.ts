// The outbox: carries out undone orders until each is done. Wakes at once after
// a change, and by itself, so a crash between writing and doing loses nothing.
// A run's phases are started and stopped in one lane and people are told in
// another: no phase waits for GitHub to take a comment.
import { EventEmitter, once } from "node:events";
import { messageOf } from "../errors.ts";
import type { Order } from "../run/order.ts";
import { backOff, isLasting } from "./back-off.ts";
import type { Database } from "./database.ts";
import { startLanes } from "./lanes.ts";
import type { Log } from "./log.ts";
import type { Pump } from "./pump.ts";
import {
	dueOrders,
	finishOrder,
	isOutdatedStatus,
	laneOf,
	postponeOrder,
	type StoredOrder,
	unsaid,
} from "./store/orders.ts";

const BATCH = 100;
const EVERY_MS = 5_000;
/** Another process may have said it. */
const LOOK_EVERY_MS = 250;
const PATIENCE_MS = 60_000;

/** Rings under a run's name when one of its orders is done. */
const done = new EventEmitter().setMaxListeners(0);

/** Whoever listens before looking misses nothing. */
const nextDone = (runId: string): Promise<unknown> =>
	once(done, runId, { signal: AbortSignal.timeout(LOOK_EVERY_MS) }).catch(
		() => {},
	);

export function startOutbox(
	db: Database,
	log: Log,
	carryOut: (runId: string, order: Order) => Promise<void>,
): Pump {
	async function work(order: StoredOrder) {
		const { id, runId, what, tries } = order;
		try {
			if (!(await isOutdatedStatus(db, order))) await carryOut(runId, what);
			await finishOrder(db, id);
			done.emit(runId);
			return true;
		} catch (error) {
			const reason = messageOf(error);
			log.warn({ runId, order: what.do, tries, reason }, "an order failed");
			// A refused remark must not stand in the way of the run for ever.
			if (isLasting(error)) await finishOrder(db, id, reason);
			else await postponeOrder(db, id, backOff(tries), reason);
			// What comes after it is read anew: some of it may have to wait now.
			return false;
		}
	}

	return startLanes({
		due: (busy) => dueOrders(db, busy, BATCH),
		laneOf,
		work,
		everyMs: EVERY_MS,
		onError: (error) =>
			log.error({ reason: messageOf(error) }, "orders cannot be read"),
	});
}

/** Resolves when everything that was to be said of a run is said: what that was. */
export async function allSaid(
	db: Database,
	runId: string,
): Promise<ReadonlySet<Order["do"]>> {
	const deadline = Date.now() + PATIENCE_MS;
	const said = new Set<Order["do"]>();
	for (;;) {
		const bell = nextDone(runId);
		const waiting = await unsaid(db, runId);
		if (waiting.length === 0) return said;
		for (const one of waiting) said.add(one);
		if (Date.now() > deadline)
			throw Object.assign(
				new Error("GitHub has not taken this run's earlier comments yet"),
				{ code: "ETIMEDOUT" },
			);
		await bell;
	}
}
