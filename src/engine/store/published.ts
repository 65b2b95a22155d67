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
		async remember(key, value) {
			await db
				.insertInto("published")
				.values({ run_id: scope, key, value: json(value) })
				.onConflict((conflict) =>
					conflict
						.columns(["run_id", "key"])
						.doUpdateSet({ value: json(value) }),
				)
				.execute();
		},
	};
}
