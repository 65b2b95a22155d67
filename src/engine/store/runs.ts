import { sql } from "kysely";
import { isLive, type Run } from "../../run/run.ts";
import type { Connection } from "../database.ts";
import { json } from "./sql.ts";

/** A task: an issue of a repository. */
export interface Task {
	readonly repositoryId: number;
	readonly issue: number;
}

export async function readRun(
	db: Connection,
	id: string,
): Promise<Run | undefined> {
	const row = await db
		.selectFrom("runs")
		.select("state")
		.where("id", "=", id)
		.executeTakeFirst();
	return row?.state;
}

/** Reads a run and keeps everybody else from changing it until the transaction ends. */
export async function lockRun(tx: Connection, id: string): Promise<Run> {
	const row = await tx
		.selectFrom("runs")
		.select("state")
		.where("id", "=", id)
		.forUpdate()
		.executeTakeFirstOrThrow();
	return row.state;
}

export async function newestRunOf(
	db: Connection,
	{ repositoryId, issue }: Task,
): Promise<Run | undefined> {
	const row = await db
		.selectFrom("runs")
		.select("state")
		.where("repo_id", "=", repositoryId)
		.where("issue", "=", issue)
		.orderBy("run_no", "desc")
		.limit(1)
		.executeTakeFirst();
	return row?.state;
}

/** Runs not yet over in these repositories, or in all of an installation; a repository that was transferred is told by another installation than its runs know. */
export async function runsIn(
	db: Connection,
	{
		installationId,
		repositoryIds,
	}: { installationId: number; repositoryIds?: readonly number[] },
): Promise<Run[]> {
	const rows = await db
		.selectFrom("runs")
		.select("state")
		.where(sql<boolean>`(live or state ->> 'state' = 'delivered')`)
		.where(
			repositoryIds
				? sql<boolean>`repo_id = any(${repositoryIds}::bigint[])`
				: sql<boolean>`(state -> 'repository' ->> 'installationId')::bigint = ${installationId}`,
		)
		.execute();
	return rows.map(({ state }) => state);
}

export const numberOf = (runId: string) => Number(runId.split("/").at(-1));

/** False when the task got a live run, or this number, in the meantime. */
export async function insertRun(tx: Connection, run: Run): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await tx
		.insertInto("runs")
		.values({
			id: run.id,
			repo_id: run.repository.id,
			issue: run.issue.number,
			run_no: numberOf(run.id),
			live: isLive(run),
			state: json(run),
		})
		.onConflict((conflict) => conflict.doNothing())
		.executeTakeFirstOrThrow();
	return numInsertedOrUpdatedRows === 1n;
}

export async function writeRun(tx: Connection, run: Run): Promise<void> {
	await tx
		.updateTable("runs")
		.set((row) => ({
			state: json(run),
			live: isLive(run),
			version: row("version", "+", 1),
		}))
		.where("id", "=", run.id)
		.execute();
}

/** The newest run that opened this pull request. */
export async function runOfPull(
	db: Connection,
	repositoryId: number,
	pull: { readonly number: number } | { readonly branch: string },
): Promise<Run | undefined> {
	const opened = JSON.stringify([{ pull }]);
	const row = await db
		.selectFrom("runs")
		.select("state")
		.where("repo_id", "=", repositoryId)
		.where(sql<boolean>`(state -> 'done')::jsonb @> ${opened}::jsonb`)
		.orderBy("run_no", "desc")
		.limit(1)
		.executeTakeFirst();
	return row?.state;
}

/** Every run that may still go on. */
export async function livingRuns(db: Connection): Promise<Run[]> {
	const rows = await db
		.selectFrom("runs")
		.select("state")
		.where("live", "=", true)
		.execute();
	return rows.map(({ state }) => state);
}

/** Those whose pull requests people may merge: delivered ones for a month. */
export async function runsWithPulls(db: Connection): Promise<Run[]> {
	const rows = await db
		.selectFrom("runs")
		.select("state")
		.where(
			sql<boolean>`(live or (state ->> 'state' = 'delivered' and (state ->> 'endedAt')::timestamptz > now() - interval '30 days'))`,
		)
		.execute();
	return rows.map(({ state }) => state);
}

/** Runs with a phase at work for which no start or stop is left to be carried out. */
export async function workingRuns(db: Connection): Promise<Run[]> {
	const rows = await db
		.selectFrom("runs")
		.select("state")
		.where("live", "=", true)
		.where(sql<boolean>`state ->> 'state' = 'working'`)
		.where((row) =>
			row.not(
				row.exists(
					row
						.selectFrom("orders")
						.select("orders.id")
						.whereRef("orders.run_id", "=", "runs.id")
						.where("orders.done_at", "is", null)
						.where(
							sql<boolean>`orders.what ->> 'do' in ('start-phase', 'stop-phase')`,
						),
				),
			),
		)
		.execute();
	return rows.map(({ state }) => state);
}
