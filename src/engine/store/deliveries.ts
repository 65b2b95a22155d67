import { sql } from "kysely";
import type { Connection } from "../database.ts";
import { json, notIn } from "./sql.ts";

export interface NewDelivery {
	readonly id: string;
	readonly event: string;
	readonly action: string;
	readonly digest: string;
	readonly subject?: string;
	readonly topic: string;
	readonly payload: unknown;
}

export interface StoredDelivery {
	readonly seq: number;
	readonly topic: string;
	readonly payload: unknown;
	readonly tries: number;
}

/** False when the same delivery, content or subject was recorded before. */
export async function recordDelivery(
	db: Connection,
	delivery: NewDelivery,
): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto("deliveries")
		.values({
			...delivery,
			subject: delivery.subject ?? null,
			payload: json(delivery.payload),
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirstOrThrow();
	return numInsertedOrUpdatedRows === 1n;
}

/**
 * New deliveries in their order, without those of the busy topics. A topic whose
 * first one has to wait waits as a whole.
 */
export async function dueDeliveries(
	db: Connection,
	busy: readonly string[],
	limit: number,
): Promise<StoredDelivery[]> {
	return db
		.selectFrom("deliveries as d")
		.select(["d.seq", "d.topic", "d.payload", "d.tries"])
		.where("d.state", "=", "new")
		.where(notIn("d.topic", busy))
		.where((row) =>
			row.not(
				row.exists(
					row
						.selectFrom("deliveries as earlier")
						.select("earlier.seq")
						.whereRef("earlier.topic", "=", "d.topic")
						.whereRef("earlier.seq", "<=", "d.seq")
						.where("earlier.state", "=", "new")
						.where("earlier.next_at", ">", sql<Date>`now()`),
				),
			),
		)
		.orderBy("d.seq")
		.limit(limit)
		.execute();
}

/** False when it was dealt with before: then nothing of it may count again. */
export async function settleDelivery(
	db: Connection,
	seq: number,
	state: "done" | "failed",
	remark?: string,
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable("deliveries")
		.set({ state, error: remark ?? null })
		.where("seq", "=", seq)
		.where("state", "=", "new")
		.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}

export async function postponeDelivery(
	db: Connection,
	seq: number,
	seconds: number,
	error: string,
): Promise<void> {
	await db
		.updateTable("deliveries")
		.set((row) => ({
			tries: row("tries", "+", 1),
			next_at: sql<Date>`now() + make_interval(secs => ${seconds})`,
			error,
		}))
		.where("seq", "=", seq)
		.execute();
}

/** What was dealt with long ago need not be kept; of one topic, when it is named. */
export async function forgetOldDeliveries(
	db: Connection,
	days: number,
	topic?: string,
): Promise<void> {
	await db
		.deleteFrom("deliveries")
		.where(
			topic === undefined ? sql<boolean>`true` : sql<boolean>`topic = ${topic}`,
		)
		.where("state", "!=", "new")
		.where(
			"received_at",
			"<",
			sql<Date>`now() - make_interval(days => ${days})`,
		)
		.execute();
}

/** The payload that was kept for a subject. */
export async function payloadOf(
	db: Connection,
	subject: string,
): Promise<unknown> {
	const row = await db
		.selectFrom("deliveries")
		.select("payload")
		.where("subject", "=", subject)
		.executeTakeFirst();
	return row?.payload;
}
