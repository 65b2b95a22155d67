import type { Memory } from "../../github/memory.ts";
import type { Connection } from "../database.ts";
import { json } from "./sql.ts";

/** What is remembered of one run or, before there is one, of one task. */
export function makeMemory(db: Connection, scope: string): Memory {
	return {
		async recall(key) {
			const row = await db
				.selectFrom("published")
				.select("value")
				.where("run_id", "=", scope)
				.where("key", "=", key)
				.executeTakeFirst();
			return row?.value;
		},
		recallAll: (keys) => recallAll(db, scope, keys),
		remember: (key, value) => rememberAll(db, scope, new Map([[key, value]])),
		rememberAll: (values) => rememberAll(db, scope, values),
	};
}

async function rememberAll(
	db: Connection,
	scope: string,
	values: ReadonlyMap<string, unknown>,
): Promise<void> {
	if (values.size === 0) return;
	await db
		.insertInto("published")
		.values(
			[...values].map(([key, value]) => ({
				...{ run_id: scope, key },
				value: json(value),
			})),
		)
		.onConflict((conflict) =>
			conflict
				.columns(["run_id", "key"])
				.doUpdateSet((row) => ({ value: row.ref("excluded.value") })),
		)
		.execute();
}

/** Several at once, by their keys; what is not known is left out. */
export async function recallAll(
	db: Connection,
	scope: string,
	keys: readonly string[],
): Promise<ReadonlyMap<string, unknown>> {
	if (keys.length === 0) return new Map();
	const rows = await db
		.selectFrom("published")
		.select(["key", "value"])
		.where("run_id", "=", scope)
		.where("key", "in", keys)
		.execute();
	return new Map(rows.map(({ key, value }) => [key, value]));
}
