import { sql } from "kysely";
import type { Order } from "../../run/order.ts";
import type { Connection } from "../database.ts";
import { json, notIn } from "./sql.ts";

export interface StoredOrder {
	readonly id: number;
	readonly runId: string;
	readonly what: Order;
	readonly tries: number;
}

export async function addOrders(
	tx: Connection,
	runId: string,
	orders: readonly Order[],
): Promise<void> {
	if (orders.length === 0) return;
	await tx
		.insertInto("orders")
		.values(orders.map((what) => ({ run_id: runId, what: json(what) })))
		.execute();
}

/** Undone orders whose time has come, oldest first, without those of the busy runs. */
export async function dueOrders(
	db: Connection,
	busy: readonly string[],
	limit: number,
): Promise<StoredOrder[]> {
	return db
		.selectFrom("orders")
		.select(["id", "run_id as runId", "what", "tries"])
		.where("done_at", "is", null)
		.where("next_at", "<=", sql<Date>`now()`)
		.where(notIn("run_id", busy))
		.orderBy("id")
		.limit(limit)
		.execute();
}

/** `error`: why it was given up. */
export async function finishOrder(
	db: Connection,
	id: number,
	error?: string,
): Promise<void> {
	await db
		.updateTable("orders")
		.set({ done_at: sql<Date>`now()`, error: error ?? null })
		.where("id", "=", id)
		.execute();
}

export async function postponeOrder(
	db: Connection,
	id: number,
	seconds: number,
	error: string,
): Promise<void> {
	await db
		.updateTable("orders")
		.set((row) => ({
			tries: row("tries", "+", 1),
			next_at: sql<Date>`now() + make_interval(secs => ${seconds})`,
			error,
		}))
		.where("id", "=", id)
		.execute();
}
