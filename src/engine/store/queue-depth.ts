import { sql } from "kysely";
import type { Connection } from "../database.ts";

/** How much waits to be dealt with. */
export async function queueDepth(db: Connection) {
	const { rows } = await sql<{ deliveries: number; orders: number }>`
		select
			(select count(*) from deliveries where state = 'new') as deliveries,
			(select count(*) from orders where done_at is null) as orders
	`.execute(db);
	return rows[0] ?? { deliveries: 0, orders: 0 };
}
