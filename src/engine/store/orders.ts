import { sql } from "kysely";
import type { Order } from "../../run/order.ts";
import type { Connection } from "../database.ts";
import { json } from "./sql.ts";

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

/** What moves branches happens in one order, and people are told in another. */
const WORK: readonly string[] = [
	"start-phase",
	"stop-phase",
	"answer-review",
	"follow-stack",
];

const isWork = (table: string) =>
	sql<boolean>`(${sql.ref(`${table}.what`)} ->> 'do' = any(${[...WORK]}::text[]))`;

export const laneOf = ({ runId, what }: StoredOrder) =>
	WORK.includes(what.do) ? `${runId} work` : `${runId} words`;

/** What GitHub does not take this often lets later words of its run pass. */
const TRIES_IN_FRONT = 10;

/**
 * Undone orders whose time has come, oldest first, without those of the busy
 * lanes. What was to be stopped is stopped before anything else is started or
 * said of its run; words are said in their order.
 */
export async function dueOrders(
	db: Connection,
	busy: readonly string[],
	limit: number,
): Promise<StoredOrder[]> {
	return db
		.selectFrom("orders as o")
		.select(["o.id", "o.run_id as runId", "o.what", "o.tries"])
		.where("o.done_at", "is", null)
		.where("o.next_at", "<=", sql<Date>`now()`)
		.where(
			sql<boolean>`o.run_id || case when ${isWork("o")} then ' work' else ' words' end <> all(${[...busy]}::text[])`,
		)
		.where(
			sql<boolean>`not exists (
				select from orders e where e.run_id = o.run_id and e.id < o.id and e.done_at is null
					and (e.what ->> 'do' = 'stop-phase'
						or (not ${isWork("o")} and not ${isWork("e")}
							and e.next_at > now() and e.tries < ${TRIES_IN_FRONT})))`,
		)
		.orderBy("o.id")
		.limit(limit)
		.execute();
}

/** What of this run still waits to be said in front of others. */
export async function unsaid(
	db: Connection,
	runId: string,
): Promise<Order["do"][]> {
	const rows = await db
		.selectFrom("orders as o")
		.select(sql<Order["do"]>`o.what ->> 'do'`.as("what"))
		.where("o.run_id", "=", runId)
		.where("o.done_at", "is", null)
		.where("o.tries", "<", TRIES_IN_FRONT)
		.where(sql<boolean>`not ${isWork("o")}`)
		.execute();
	return rows.map(({ what }) => what);
}

/** A newer status is on its way, which shows all that this one would. */
export async function isOutdatedStatus(
	db: Connection,
	{ id, runId, what }: StoredOrder,
): Promise<boolean> {
	if (what.do !== "show-status") return false;
	const row = await db
		.selectFrom("orders as o")
		.select("o.id")
		.where("o.run_id", "=", runId)
		.where("o.id", ">", id)
		.where("o.done_at", "is", null)
		.where(sql<boolean>`o.what ->> 'do' = 'show-status'`)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
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
