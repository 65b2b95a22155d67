import { sql } from "kysely";
import type { Connection } from "../database.ts";

/** Seconds since the run last asked the model anything; undefined if it never did. */
export async function idleSeconds(
	db: Connection,
	runId: string,
): Promise<number | undefined> {
	const row = await db
		.selectFrom("turns")
		.select(
			sql<number | null>`extract(epoch from now() - max(asked_at))::float8`.as(
				"seconds",
			),
		)
		.where("run_id", "=", runId)
		.executeTakeFirst();
	return row?.seconds ?? undefined;
}
