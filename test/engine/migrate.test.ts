import { expect, it } from "vitest";
import { openDatabase } from "../../src/engine/database.ts";
import { migrate } from "../../src/engine/migrations/migrate.ts";
import { queueDepth } from "../../src/engine/store/queue-depth.ts";
import { startChild } from "../support/child.ts";
import { freshDatabase } from "../support/databases.ts";

it("lets several processes start at once on an empty database", async () => {
	const url = await freshDatabase(true);
	const started = await Promise.all([
		startChild("migrate-once.ts", url),
		startChild("migrate-once.ts", url),
		migrate(url),
	]);
	expect(started).toHaveLength(3);
	const db = openDatabase(url, () => {});
	expect(await queueDepth(db)).toEqual({ deliveries: 0, orders: 0 });
	await db.destroy();
});

it("says what to do when the database cannot be reached", async () => {
	const nowhere = "postgresql://somebody@127.0.0.1:1/nothing";
	await expect(migrate(nowhere)).rejects.toThrow(/DATABASE_URL/);
});
