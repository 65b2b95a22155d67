import type { Connection } from "../database.ts";

/** Notes that a process left in peace: what it leaves behind did not crash it. */
export async function noteLeaving(
	db: Connection,
	executor: string,
): Promise<void> {
	await db
		.insertInto("executors")
		.values({ id: executor })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

export async function leftInPeace(
	db: Connection,
	executor: string,
): Promise<boolean> {
	const row = await db
		.selectFrom("executors")
		.select("id")
		.where("id", "=", executor)
		.executeTakeFirst();
	return row !== undefined;
}
