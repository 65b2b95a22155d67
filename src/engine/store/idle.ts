import { sql } from "kysely";
import type { Connection } from "../database.ts";

/** Seconds since this model last took in a prompt of the run; undefined if it never did. */
export async function idleSeconds(
	db: Connection,
	runId: string,
	model: string,
): Promise<number | undefined> {
	const row = await db
		.selectFrom("turns")
		.select(
			sql<number | null>`extract(epoch from now() - max(asked_at))::float8`.as(
				"seconds",
			),
		)
		.where("run_id", "=", runId)
		.where("model", "=", model)
		// What was refused cost nothing, and left nothing in the cache.
		.where("usd", ">", 0)
		.executeTakeFirst();
	return row?.seconds ?? undefined;
}
