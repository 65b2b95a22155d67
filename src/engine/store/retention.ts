// What is deleted of a run when its time is over.
import { sql } from "kysely";
import type { Run } from "../../run/run.ts";
import type { Connection, Database } from "../database.ts";
import { forgetAttempts } from "./attempts.ts";
import { forgetOldDeliveries } from "./deliveries.ts";
import { forgetReports } from "./reports.ts";
import { lockRun, writeRun } from "./runs.ts";

const ENDED = sql<boolean>`not live and (state ->> 'endedAt')::timestamptz
	< now() - make_interval(days => coalesce((state #>> '{config,retention,days}')::int, 30))`;

/** Nothing is going to happen with what it made: no pull request, or a newer run in its place. */
const DONE_WITH = sql<boolean>`(state ->> 'state' <> 'delivered'
	or coalesce((state #>> '{config,preview}')::boolean, false)
	or exists (select from runs newer where newer.repo_id = runs.repo_id
		and newer.issue = runs.issue and newer.run_no > runs.run_no))`;

/** Ended runs whose time is over and of which there is more left than the row. */
export async function expiredRuns(
	db: Connection,
	limit: number,
): Promise<Run[]> {
	const has = (table: string) =>
		sql<boolean>`exists (select from ${sql.table(table)} where run_id = runs.id)`;
	const rows = await db
		.selectFrom("runs")
		.select("state")
		.where("live", "=", false)
		.where(
			sql<boolean>`(${has("attempts")} or (${has("reports")} and ${DONE_WITH}))`,
		)
		.where(ENDED)
		.limit(limit)
		.execute();
	return rows.map(({ state }) => state);
}

/**
 * Transcripts, journals and what GitHub told us. While pull requests of the
 * newest run may still be merged, its reports and its costs stay.
 */
export async function forgetRun(
	db: Database,
	{ id, repository, issue, config }: Run,
	bare: (run: Run) => Run,
): Promise<void> {
	await db.transaction().execute(async (tx) => {
		const run = await lockRun(tx, id);
		const days = config.retention?.days ?? 30;
		await tx.deleteFrom("attempts").where("run_id", "=", id).execute();
		await tx
			.deleteFrom("orders")
			.where("run_id", "=", id)
			.where("done_at", "is not", null)
			.execute();
		const topic = `${repository.id}/${issue.number}`;
		await forgetOldDeliveries(tx, days, topic);
		const doneWith = await tx
			.selectFrom("runs")
			.select("id")
			.where("id", "=", id)
			.where(DONE_WITH)
			.executeTakeFirst();
		if (!doneWith) return;
		await tx.deleteFrom("reports").where("run_id", "=", id).execute();
		await tx.deleteFrom("turns").where("run_id", "=", id).execute();
		await tx.deleteFrom("published").where("run_id", "=", id).execute();
		await writeRun(tx, bare(run));
	});
	forgetAttempts(db, id);
	forgetReports(db, id);
}
