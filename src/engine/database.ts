// Our own tables in Postgres. DBOS keeps its tables beside them, with its own connections.
import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import type { Tables } from "./tables.ts";

export type Database = Kysely<Tables>;
/** Where a store function works: the database, or a transaction on it. */
export type Connection = Database | Transaction<Tables>;

const BIGINT_OID = 20;

export function openDatabase(
	url: string,
	onError: (error: Error) => void,
): Database {
	const pool = new pg.Pool({
		connectionString: url,
		max: 10,
		application_name: "modelwright",
		types: {
			// GitHub's ids and our sequence numbers are far below 2^53.
			getTypeParser: ((oid: number, format?: "text") =>
				oid === BIGINT_OID
					? Number
					: pg.types.getTypeParser(
							oid,
							format,
						)) as typeof pg.types.getTypeParser,
		},
	});
	// A lost idle connection is replaced by the next query; unhandled it would end the process.
	pool.on("error", onError);
	return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
