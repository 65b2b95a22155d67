import { type RawBuilder, sql } from "kysely";

/** A value for a json column; without it the driver would send arrays as Postgres arrays. */
export const json = <T>(value: T): RawBuilder<T> =>
	sql<T>`${JSON.stringify(value)}::json`;

/** Whether a column holds none of the given texts. */
export const notIn = (column: string, texts: readonly string[]) =>
	sql<boolean>`not (${sql.ref(column)} = any(${[...texts]}::text[]))`;
