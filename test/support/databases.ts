// A database of its own for each test, made in a few hundredths of a second.
import pg from "pg";
import { inject } from "vitest";
import { type Database, openDatabase } from "../../src/engine/database.ts";

export const TEMPLATE = "migrated";

let made = 0;

/** The address of a new database with our tables; `empty`: without any. */
export const freshDatabase = (empty = false): Promise<string> =>
	createDatabase(
		inject("postgres"),
		`test_${process.pid}_${++made}`,
		empty ? undefined : TEMPLATE,
	);

export const openFresh = async (): Promise<Database> =>
	openDatabase(await freshDatabase(), () => {});

export async function createDatabase(
	server: string,
	name: string,
	template = "template1",
): Promise<string> {
	const client = new pg.Client({ connectionString: server });
	await client.connect();
	await client.query(`create database ${name} template ${template}`);
	await client.end();
	const url = new URL(server);
	url.pathname = `/${name}`;
	return url.href;
}
