// Deals with recorded deliveries: in order within an issue, side by side across
// issues. What fails for a passing reason is tried again; nothing is lost by a crash.
import { messageOf } from "../errors.ts";
import { backOff, isLasting } from "./back-off.ts";
import type { Database } from "./database.ts";
import type { Hint } from "./hints.ts";
import { startLanes } from "./lanes.ts";
import type { Log } from "./log.ts";
import type { Pump } from "./pump.ts";
import {
	dueDeliveries,
	postponeDelivery,
	type StoredDelivery,
	settleDelivery,
} from "./store/deliveries.ts";

/** Settles the delivery it is given, at the latest when it returns. */
export type Handle = (hint: Hint, delivery: number) => Promise<void>;

const BATCH = 100;
/** With a minute between them: most of two hours. */
const MOST_TRIES = 100;
const EVERY_MS = 5_000;

export function startDeliveries(db: Database, log: Log, handle: Handle): Pump {
	async function dealWith({ seq, payload, tries }: StoredDelivery) {
		try {
			await handle(payload as Hint, seq);
			await settleDelivery(db, seq, "done");
			return true;
		} catch (error) {
			const reason = messageOf(error);
			log.warn({ delivery: seq, tries, reason }, "a delivery failed");
			if (isLasting(error) || tries >= MOST_TRIES)
				await settleDelivery(db, seq, "failed", reason);
			else await postponeDelivery(db, seq, backOff(tries), reason);
			return false;
		}
	}

	return startLanes({
		due: (busy) => dueDeliveries(db, busy, BATCH),
		laneOf: ({ topic }) => topic,
		work: dealWith,
		everyMs: EVERY_MS,
		onError: (error) =>
			log.error({ reason: messageOf(error) }, "deliveries cannot be read"),
	});
}
