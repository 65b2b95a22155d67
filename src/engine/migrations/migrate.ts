// Brings a database up to date: DBOS's tables first, then ours, one process at a time.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DBOS } from "@dbos-inc/dbos-sdk";
import pg from "pg";
import { messageOf, SetupError } from "../../errors.ts";

/** Any fixed number; everybody who migrates takes this advisory lock. */
const LOCK = 4_246_001;

/** Two first starts at once would deadlock in DBOS's own migrations. */
export async function migrate(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect().catch((error) => {
		throw new SetupError(
			`The database cannot be reached (${messageOf(error)}). Check that Postgres is running and that DATABASE_URL names its host, user, password and database.`,
		);
	});
	try {
		// A blocking lock call would hold a snapshot that concurrent index builds wait for.
		while (!(await tryLock(client))) await sleep(100);
		await DBOS.migrate(url);
		await applyOurs(client);
	} finally {
		// Closing the connection frees the lock.
		await client.end();
	}
}

async function tryLock(client: pg.Client): Promise<boolean> {
	const answer = await client.query<{ ok: boolean }>(
		"select pg_try_advisory_lock($1) as ok",
		[LOCK],
	);
	return answer.rows[0]?.ok ?? false;
}

async function applyOurs(client: pg.Client): Promise<void> {
	await client.query(
		"create table if not exists migrations (name text primary key, applied_at timestamptz not null default now())",
	);
	const applied = await client.query<{ name: string }>(
		"select name from migrations",
	);
	const done = new Set(applied.rows.map(({ name }) => name));
	for (const name of migrationNames()) {
		if (done.has(name)) continue;
		const sql = readFileSync(join(import.meta.dirname, name), "utf8");
		await client.query("begin");
		await client.query(sql);
		await client.query("insert into migrations (name) values ($1)", [name]);
		await client.query("commit");
	}
}

const migrationNames = () =>
	readdirSync(import.meta.dirname)
		.filter((name) => /^\d{3}-.*\.sql$/.test(name))
		.sort();
