// The outbox: carries out undone orders until each is done. Wakes at once after
// a change, and by itself, so a crash between writing and doing loses nothing.
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
	postponeOrder,
	type StoredOrder,
} from "./store/orders.ts";

const BATCH = 100;
const EVERY_MS = 5_000;

export function startOutbox(
	db: Database,
	log: Log,
	carryOut: (runId: string, order: Order) => Promise<void>,
): Pump {
	async function work({ id, runId, what, tries }: StoredOrder) {
		try {
			await carryOut(runId, what);
			await finishOrder(db, id);
		} catch (error) {
			const reason = messageOf(error);
			log.warn({ runId, order: what.do, tries, reason }, "an order failed");
			// A refused remark must not stand in the way of the run for ever.
			if (isLasting(error)) await finishOrder(db, id, reason);
			else await postponeOrder(db, id, backOff(tries), reason);
		}
		// Orders are independent: the next one may well succeed.
		return true;
	}

	return startLanes({
		due: (busy) => dueOrders(db, busy, BATCH),
		laneOf: ({ runId }) => runId,
		work,
		everyMs: EVERY_MS,
		onError: (error) =>
			log.error({ reason: messageOf(error) }, "orders cannot be read"),
	});
}
